internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// Object files.
  static let elf = InspectorObject(
    name: "elf", summary: "what is in a BPF object file",
    operations: [
      Operation(
        "", arguments: "FILE [disassemble]", summary: "sections, programs, maps and types; -d also the instructions"
      ) { call throws(InspectorError) in
        let path = try call.takeWord("an object file")
        let isDisassembled = call.takeKeyword(["disassemble"]) != nil || call.options.isDebugging
        try call.expectEnd()
        let facts = try ObjectFileFacts(path: path)
        try call.answer { json throws(SystemCallError) in
          try facts.write(to: &json, isDisassembled: isDisassembled)
        } text: {
          facts.text(isDisassembled: isDisassembled)
        }
      }
    ], hasOneOperation: true)
}
