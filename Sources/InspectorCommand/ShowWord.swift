internal import Inspector
internal import LinuxSystem

/// `show`, which is the same of programs, maps and links.
extension InspectorObject {
  static func show<Facts: ShownObject>(
    _: Facts.Type, _ call: inout InspectorCall, completing complete: (inout Facts) -> Void = { _ in }
  ) throws(InspectorError) {
    let objects = try ObjectSelection(Facts.kind, takingFrom: &call)
    try call.expectEnd()
    let holders = Holders.find()
    let pins = call.options.showsPins ? PinnedObjects.find(kernel: call.kernel) : PinnedObjects()
    let kernel = call.kernel
    var all: [Facts] = []
    try objects.forEach { object throws(InspectorError) in
      var facts = try Facts(object, kernel: kernel)
      facts.holders = holders.processes(holding: Facts.kind, facts.id)
      facts.pins = pins.paths(of: Facts.kind, facts.id)
      complete(&facts)
      all.append(facts)
    }
    let isOne = objects.isOne && all.count == 1
    try call.answer { json throws(SystemCallError) in
      if isOne { return try all[0].write(to: &json) }
      try json.array { json throws(SystemCallError) in for facts in all { try facts.write(to: &json) } }
    } text: {
      all.map(\.text).joined()
    }
  }
}
