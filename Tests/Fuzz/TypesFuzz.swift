import BTF

/// Feeds bytes to the readers of type information: whatever they are, they end in types or in errors.
///
/// libFuzzer calls it with one input after the other: the length of the types in two bytes, the types (`.BTF`), and what
/// extends them (`.BTF.ext`). `Scripts/fuzz` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard count >= 2 else { return 0 }
  let length = min(Int(input[0]) | Int(input[1]) << 8, count - 2)
  guard let graph = try? TypeGraph(bytes: Array(input[2..<2 + length])) else { return 0 }
  walk(graph)
  if let extra = try? BTFExtension(bytes: Array(input[(2 + length)...]), types: graph) {
    for part in extra.lines {
      for line in part.records.prefix(64) {
        _ = (graph.string(at: line.fileNameOffset), graph.string(at: line.textOffset))
      }
    }
  }
  return 0
}

/// Asks everything about each type.
private func walk(_ graph: TypeGraph) {
  let isValid = (try? graph.validate()) != nil
  var dump = CDump(of: graph)
  let value = [UInt8](repeating: 1, count: 256)
  for id in graph.ids.prefix(256) {
    let type = try? graph.type(id)
    precondition(type != nil || !isValid, "what was found valid can be read")
    _ = (try? graph.size(of: id), try? graph.alignment(of: id), try? graph.resolve(id), try? graph.cName(of: id))
    _ = (try? graph.memberNames(of: id), try? graph.cDefinition(of: id), graph.ids(named: graph.name(of: id)).count)
    var text = ""
    try? graph.appendRawText(of: id, to: &text)
    value.withUnsafeBytes { _ = try? graph.formatValue($0, as: id) }
    try? dump.define(id)
  }
  _ = dump.takeText()
}
