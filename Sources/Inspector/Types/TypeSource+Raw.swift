public import BTF
public import LinuxSystem

extension TypeSource {
  /// Writes what the types' records say, a line each, as `bpftool btf dump … format raw` does.
  ///
  /// - Parameter roots: the types that are wanted; nil for all that are not the base's.
  /// - Throws: ``InspectorError/failed(_:)`` for a malformed graph.
  public func writeRaw(to output: BufferedOutput, roots: [TypeID]? = nil) throws(InspectorError) {
    var text: [UInt8] = []
    for id in roots ?? Array(graph.ownIDs) {
      do throws(BTFError) { try graph.appendRawText(of: id, to: &text) } catch {
        throw .failed("type \(id.rawValue): \(error)")
      }
      guard text.count > 1 << 14 else { continue }
      do throws(SystemCallError) { try output.write(text[...]) } catch { throw .systemCall(error) }
      text.removeAll(keepingCapacity: true)
    }
    do throws(SystemCallError) { try output.write(text[...]) } catch { throw .systemCall(error) }
  }

  /// Writes what the types' records say as a JSON object with bpftool's members.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` for a malformed graph, after what could be written.
  public func writeRaw(to json: inout JSONWriter, roots: [TypeID]? = nil) throws(InspectorError) {
    var failure: InspectorError?
    do throws(SystemCallError) {
      try json.object { json throws(SystemCallError) in
        try json.name("types")
        try json.array { json throws(SystemCallError) in
          var text: [UInt8] = []
          for id in roots ?? Array(graph.ownIDs) {
            let end = text.count
            if end > 0 { text.append(UInt8(ascii: ",")) }
            do throws(BTFError) { try graph.appendRawJSON(of: id, to: &text, level: json.level) } catch {
              failure = .failed("type \(id.rawValue): \(error)")
              text.removeLast(text.count - end)
              break
            }
            guard text.count > 1 << 14 else { continue }
            try json.raw(elements: text[...])
            text.removeAll(keepingCapacity: true)
          }
          try json.raw(elements: text[...])
        }
      }
    } catch { throw .systemCall(error) }
    if case .failed(let text)? = failure { throw .answered(text, .invalidArgument) }
  }
}
