internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `dump`.
extension InspectorObject {
  static func dumpMaps(_ call: inout InspectorCall) throws(InspectorError) {
    let maps = try MapSelection(takingOneFrom: &call).all()
    try call.expectEnd()
    var dumps: [(elements: MapElements, dump: MapDump)] = []
    for map in maps {
      let elements = try MapElements(of: map, kernel: call.kernel)
      dumps.append((elements, try MapDump(of: elements)))
    }
    if call.options.isJSON { return try write(dumps, call, isPretty: call.options.isPretty, withBytes: true) }
    // Typed elements are JSON also where text is asked for; all maps then are one document.
    if dumps.contains(where: { $0.elements.isTyped }) {
      return try write(dumps, call, isPretty: true, withBytes: false)
    }
    for (place, (elements, dump)) in dumps.enumerated() {
      if dumps.count > 1 { try call.write("\(place > 0 ? "\n" : "")\(MapFacts.heading(elements.info))\n") }
      try dump.writeText(to: call.output)
    }
  }

  private static func write(
    _ dumps: [(elements: MapElements, dump: MapDump)], _ call: InspectorCall, isPretty: Bool, withBytes: Bool
  ) throws(InspectorError) {
    var json = JSONWriter(to: call.output, isPretty: isPretty)
    var failure: InspectorError?
    do throws(SystemCallError) {
      if dumps.count == 1, let (elements, dump) = dumps.first {
        failure = try dump.write(
          to: &json, isCompact: !isPretty, withBytes: withBytes || !elements.isTyped)
      } else {
        try json.array { json throws(SystemCallError) in
          for (elements, dump) in dumps {
            try json.object { json throws(SystemCallError) in
              try MapFacts.writeHeading(elements.info, to: &json)
              try json.name("elements")
              failure =
                try dump.write(
                  to: &json, isCompact: !isPretty, withBytes: withBytes || !elements.isTyped) ?? failure
            }
          }
        }
      }
    } catch { throw .systemCall(error) }
    if let failure { throw .answered("\(failure)", failure.errno ?? .invalidArgument) }
  }
}
