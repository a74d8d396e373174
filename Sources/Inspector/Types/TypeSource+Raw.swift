public import BTF
public import LinuxSystem

extension TypeSource {
  /// Writes what the types' records say, a line each, as `bpftool btf dump … format raw` does.
  ///
  /// - Parameter roots: the types that are wanted; nil for all that are not the base's.
  /// - Throws: ``InspectorError/failed(_:)`` for a malformed graph.
  public func writeRaw(to output: BufferedOutput, roots: [TypeID]? = nil) throws(InspectorError) {
    var text = ""
    for id in roots ?? Array(graph.ownIDs) {
      do throws(BTFError) { try graph.appendRawText(of: id, to: &text) } catch {
        throw .failed("type \(id.rawValue): \(error)")
      }
      guard text.utf8.count > 1 << 14 else { continue }
      do throws(SystemCallError) { try output.write(text) } catch { throw .systemCall(error) }
      text.removeAll(keepingCapacity: true)
    }
    do throws(SystemCallError) { try output.write(text) } catch { throw .systemCall(error) }
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
          for id in roots ?? Array(graph.ownIDs) {
            let type: BTFType
            do throws(BTFError) { type = try graph.type(id) } catch {
              failure = .failed("type \(id.rawValue): \(error)")
              return
            }
            try json.object { json throws(SystemCallError) in try write(id, type, to: &json) }
          }
        }
      }
    } catch { throw .systemCall(error) }
    if case .failed(let text)? = failure { throw .answered(text, .invalidArgument) }
  }

  private func write(_ id: TypeID, _ type: BTFType, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("id", id.rawValue)
    try json.member("kind", graph.kind(of: id)?.kernelName ?? "UNKNOWN")
    try json.member("name", shown(graph.name(of: id)))
    switch type {
    case .void: break
    case .integer(let type):
      try json.member("size", type.size)
      try json.member("bits_offset", type.bitOffset)
      try json.member("nr_bits", type.bitCount)
      try json.member("encoding", type.encodingText)
    case .pointer(let target), .volatile(let target), .const(let target), .restrict(let target):
      try json.member("type_id", target.rawValue)
    case .typedef(let type): try json.member("type_id", type.target.rawValue)
    case .typeTag(let tag): try json.member("type_id", tag.target.rawValue)
    case .array(let array):
      try json.member("type_id", array.element.rawValue)
      try json.member("index_type_id", array.indexType.rawValue)
      try json.member("nr_elems", array.count)
    case .structure(let type), .union(let type): try write(type, to: &json)
    case .enumeration(let type): try write(type, to: &json)
    case .forward(let type): try json.member("fwd_kind", type.isUnion ? "union" : "struct")
    case .function(let function):
      try json.member("type_id", function.prototype.rawValue)
      try json.member("linkage", function.linkage.map { "\($0)" } ?? "(unknown)")
    case .functionPrototype(let prototype): try write(prototype, to: &json)
    case .variable(let variable):
      try json.member("type_id", variable.type.rawValue)
      try json.member("linkage", variable.linkage.map { "\($0)" } ?? "(unknown)")
    case .dataSection(let section):
      try json.member("size", section.size)
      try json.member("vlen", section.variables.count)
      try json.name("vars")
      try json.array { json throws(SystemCallError) in
        for variable in section.variables {
          try json.object { json throws(SystemCallError) in
            try json.member("type_id", variable.variable.rawValue)
            try json.member("offset", variable.offset)
            try json.member("size", variable.size)
          }
        }
      }
    case .float(let type): try json.member("size", type.size)
    case .declarationTag(let tag):
      try json.member("type_id", tag.target.rawValue)
      try json.member("component_idx", tag.component ?? -1)
    }
  }

  private func write(_ type: CompositeType, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("size", type.size)
    try json.member("vlen", type.members.count)
    try json.name("members")
    try json.array { json throws(SystemCallError) in
      for member in type.members {
        try json.object { json throws(SystemCallError) in
          try json.member("name", shown(member.name))
          try json.member("type_id", member.type.rawValue)
          try json.member("bits_offset", member.bitOffset)
          if let bits = member.bitFieldSize { try json.member("bitfield_size", bits) }
        }
      }
    }
  }

  private func write(_ type: EnumerationType, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("encoding", type.isSigned ? "SIGNED" : "UNSIGNED")
    try json.member("size", type.size)
    try json.member("vlen", type.enumerators.count)
    try json.name("values")
    try json.array { json throws(SystemCallError) in
      for enumerator in type.enumerators {
        try json.object { json throws(SystemCallError) in
          try json.member("name", shown(enumerator.name))
          try json.name("val")
          try json.raw(enumerator.valueText)
        }
      }
    }
  }

  private func write(_ prototype: FunctionPrototype, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("ret_type_id", prototype.result.rawValue)
    try json.member("vlen", prototype.parameters.count + (prototype.isVariadic ? 1 : 0))
    try json.name("params")
    try json.array { json throws(SystemCallError) in
      for parameter in prototype.parameters {
        try json.object { json throws(SystemCallError) in
          try json.member("name", shown(parameter.name))
          try json.member("type_id", parameter.type.rawValue)
        }
      }
      // The nameless last one of a variadic is there, too.
      if prototype.isVariadic {
        try json.object { json throws(SystemCallError) in
          try json.member("name", shown(""))
          try json.member("type_id", 0)
        }
      }
    }
  }

  private func shown(_ name: String) -> String { name.isEmpty ? "(anon)" : name }
}
