internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// Who holds what.
  static let graph = InspectorObject(
    name: "graph", summary: "who holds what: process, pin, link, program, map",
    operations: [
      Operation("", arguments: "[{ tree | dot | svg }]", summary: "as a tree, for Graphviz, or as a picture") {
        call throws(InspectorError) in
        let form = call.takeKeyword(["tree", "dot", "svg"]) ?? "tree"
        try call.expectEnd()
        let graph = try HolderGraph(kernel: call.kernel)
        try call.answer { json throws(SystemCallError) in
          try graph.write(to: &json)
        } text: {
          form == "dot" ? graph.dot : form == "svg" ? graph.picture : graph.tree
        }
      }
    ], hasOneOperation: true)

  /// What changed.
  static let diff = InspectorObject(
    name: "diff", summary: "what came and went between two moments",
    operations: [
      Operation("save", arguments: "FILE", summary: "keep what is loaded at this moment") {
        call throws(InspectorError) in
        let file = try call.takeWord("the file to write to")
        try call.expectEnd()
        let text = try Snapshot(kernel: call.kernel).text
        try InspectorError.wrap { () throws(SystemCallError) in
          let output = BufferedOutput(try FileSystem.open(file, .create), subject: file, buffering: .full)
          try output.write(text)
          try output.flush()
        }
        try call.answerDone()
      },
      Operation("show", arguments: "FILE [FILE]", summary: "compare a kept moment with this one, or with a later one") {
        call throws(InspectorError) in
        let first = try snapshot(in: call.takeWord("a file that 'diff save' wrote"))
        let second = try call.words.isEmpty ? Snapshot(kernel: call.kernel) : snapshot(in: call.takeWord("a file"))
        try call.expectEnd()
        let changes = first.changes(to: second)
        try call.answer { json throws(SystemCallError) in
          try json.array { json throws(SystemCallError) in
            for change in changes {
              try json.object { json throws(SystemCallError) in
                try json.member("object", change.object)
                if let before = change.before { try json.member("before", before) }
                if let after = change.after { try json.member("after", after) }
              }
            }
          }
        } text: {
          changes.map(\.text).joined()
        }
      },
    ])

  private static func snapshot(in file: String) throws(InspectorError) -> Snapshot {
    let text = try InspectorError.wrap { () throws(SystemCallError) in try FileSystem.text(of: file) }
    do throws(InspectorError) { return try Snapshot(parsing: text) } catch { throw .failed("\(file): \(error)") }
  }

  /// What works here.
  static let doctor = InspectorObject(
    name: "doctor", summary: "what this machine allows, what is missing, why, and what to use instead",
    operations: [
      Operation("", summary: "look at kernel, settings, privileges and features") { call throws(InspectorError) in
        try call.expectEnd()
        let diagnosis = Diagnosis(kernel: call.kernel)
        try call.answer { json throws(SystemCallError) in
          try diagnosis.write(to: &json)
        } text: {
          diagnosis.text
        }
      }
    ], hasOneOperation: true)
}
