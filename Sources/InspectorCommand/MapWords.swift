internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Maps.
  static let map = InspectorObject(
    name: "map", summary: "maps, and what is in them",
    operations: [
      Operation("show", "list", arguments: "[MAP]", summary: "what maps there are, and who holds them") {
        call throws(InspectorError) in try showMaps(&call)
      }
    ],
    terms: [("MAP", "{ id MAP_ID | pinned FILE | name MAP_NAME }")])

  private static func showMaps(_ call: inout InspectorCall) throws(InspectorError) {
    let maps = try MapSelection(takingFrom: &call)
    try call.expectEnd()
    let holders = Holders.find()
    let pins = call.options.showsPins ? PinnedObjects.find(kernel: call.kernel) : PinnedObjects()
    let kernel = call.kernel
    var facts: [MapFacts] = []
    try maps.forEach { map throws(InspectorError) in
      var fact = try MapFacts(map, kernel: kernel)
      fact.holders = holders.processes(holding: .map, fact.info.id)
      fact.pins = pins.paths(of: .map, fact.info.id)
      facts.append(fact)
    }
    let isOne = maps.isOne && facts.count == 1
    try call.answer { json throws(SystemCallError) in
      if isOne { return try facts[0].write(to: &json) }
      try json.array { json throws(SystemCallError) in for fact in facts { try fact.write(to: &json) } }
    } text: {
      facts.map(\.text).joined()
    }
  }
}
