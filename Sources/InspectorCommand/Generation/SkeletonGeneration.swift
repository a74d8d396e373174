internal import BPF
internal import BPFBindings
internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// C sources from objects.
  static let skeletonGeneration: [Operation] = [
    Operation(
      "skeleton", arguments: "FILE [name NAME]", summary: "a C header by which a program uses an object through libbpf"
    ) { call throws(InspectorError) in try generateSkeleton(&call, ofPart: false) },
    Operation(
      "subskeleton", arguments: "FILE [name NAME]", summary: "the same for a library that is linked into other objects"
    ) { call throws(InspectorError) in try generateSkeleton(&call, ofPart: true) },
  ]

  private static func generateSkeleton(_ call: inout InspectorCall, ofPart isPart: Bool) throws(InspectorError) {
    try call.options.expectNoLoaderProgram()
    let path = try call.takeWord("an object file")
    var name = ObjectSkeleton.name(ofFile: path)
    if call.takeKeyword(["name"]) != nil {
      name = try call.takeWord("a name behind 'name'")
      guard name.first?.isNumber == false, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
      else { throw .usage("'\(name)' cannot name a struct of C") }
    }
    try call.expectEnd()
    let spec: ObjectSpec
    let text: String
    do throws(ObjectError) { spec = try ObjectSpec(path: path) } catch { throw .loading(.object(error)) }
    let bytes = try InspectorError.wrap { () throws(SystemCallError) in try FileSystem.contents(of: path) }
    do throws(ObjectBindingsError) {
      let skeleton = ObjectSkeleton(of: spec, named: name)
      text = try isPart ? skeleton.partText() : skeleton.text(embedding: bytes)
    } catch { throw .failed("\(error)") }
    try call.answer { json throws(SystemCallError) in
      try json.object { json throws(SystemCallError) in try json.member("text", text) }
    } text: {
      text
    }
  }
}
