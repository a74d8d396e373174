internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Programs.
  static let prog = InspectorObject(
    name: "prog", summary: "programs that are loaded",
    operations: [
      Operation("show", "list", arguments: "[PROG]", summary: "what is loaded, with its maps and who holds it") {
        call throws(InspectorError) in try showPrograms(&call)
      }
    ],
    terms: [("PROG", "{ id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }")])

  private static func showPrograms(_ call: inout InspectorCall) throws(InspectorError) {
    let programs = try ProgramSelection(takingFrom: &call)
    let holders = Holders.find()
    let pins = call.options.showsPins ? PinnedObjects.find(kernel: call.kernel) : PinnedObjects()
    let kernel = call.kernel
    var facts: [ProgramFacts] = []
    try programs.forEach { program throws(InspectorError) in
      var fact = try ProgramFacts(program, kernel: kernel)
      fact.holders = holders.processes(holding: .program, fact.info.id)
      fact.pins = pins.paths(of: .program, fact.info.id)
      facts.append(fact)
    }
    let isOne = programs.isOne && facts.count == 1
    try call.answer { json throws(SystemCallError) in
      if isOne { return try facts[0].write(to: &json) }
      try json.array { json throws(SystemCallError) in for fact in facts { try fact.write(to: &json) } }
    } text: {
      facts.map(\.text).joined()
    }
  }
}
