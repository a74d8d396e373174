internal import Inspector
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

/// `dump`.
extension InspectorObject {
  /// What a dump is to look like.
  private struct DumpForm {
    var options: ListingOptions = []
    var isGraph = false
    var file: String?
  }

  static func dumpPrograms(_ call: inout InspectorCall) throws(InspectorError) {
    guard call.takeKeyword(["xlated"]) != nil else {
      throw .usage("expected 'xlated'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
    }
    let programs = try ObjectSelection(.program, takingOneFrom: &call)
    let form = try takeForm(&call)
    if let file = form.file {
      let program = try programs.one()
      let bytes = try InspectorError.wrap { () throws(SystemCallError) in
        try call.kernel.translatedInstructions(of: program)
      }
      guard bytes.contains(where: { $0 != 0 }) else {
        throw .failed("the kernel shows no instructions of this program")
      }
      try InspectorError.wrap { () throws(SystemCallError) in
        let output = BufferedOutput(try FileSystem.open(file, .createPrivate), subject: file, buffering: .full)
        try output.write(bytes[...])
        try output.flush()
      }
      return try call.answerDone()
    }
    try dumpTranslated(programs, form, call)
  }

  private static func takeForm(_ call: inout InspectorCall) throws(InspectorError) -> DumpForm {
    var form = DumpForm()
    while let word = call.takeKeyword(["file", "opcodes", "linum", "visual"]) {
      switch word {
      case "file": form.file = try call.takeWord("the file to write to")
      case "opcodes": form.options.insert(.opcodes)
      case "linum": form.options.insert(.lineNumbers)
      default: form.isGraph = true
      }
    }
    try call.expectEnd()
    if form.file != nil, form.isGraph || !form.options.isEmpty {
      throw .usage("'file' writes the bytes alone: it goes with no other word")
    }
    if call.options.isJSON, form.isGraph {
      throw .usage("'visual' is a picture, for which there is no JSON")
    }
    return form
  }

  private static func dumpTranslated(
    _ programs: ObjectSelection, _ form: DumpForm, _ call: InspectorCall
  ) throws(InspectorError) {
    // One table of symbols serves all programs.
    let symbols = KernelSymbols()
    let kernel = call.kernel
    var all: [(ProgramFacts, TranslatedProgram)] = []
    try programs.forEach { program throws(InspectorError) in
      all.append(
        (try ProgramFacts(program, kernel: kernel), try TranslatedProgram(program, symbols: symbols, kernel: kernel)))
    }
    do throws(SystemCallError) {
      if call.options.isJSON {
        var json = JSONWriter(to: call.output, isPretty: call.options.isPretty)
        if all.count == 1 { return try all[0].1.write(to: &json, form.options) }
        return try json.array { json throws(SystemCallError) in
          for (facts, program) in all {
            try json.object { json throws(SystemCallError) in
              try facts.writeHeading(to: &json)
              try json.name("insns")
              try program.write(to: &json, form.options)
            }
          }
        }
      }
      for (place, (facts, program)) in all.enumerated() {
        if all.count > 1 { try call.output.write("\(place > 0 ? "\n" : "")\(facts.heading)\n") }
        if form.isGraph {
          try call.output.write(program.flowGraphText(form.options))
        } else {
          try program.writeText(to: call.output, form.options)
        }
      }
    } catch { throw .systemCall(error) }
  }
}
