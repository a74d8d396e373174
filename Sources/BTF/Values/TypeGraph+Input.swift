extension TypeGraph {
  /// The bytes of a value that somebody typed, in the graph's byte order.
  ///
  ///     try graph.bytes(ofTyped: "42", as: int)
  ///     try graph.bytes(ofTyped: "{pid: 1, comm: \"x\", color: RED}", as: task)
  ///     try graph.bytes(ofTyped: "10.0.0.1", as: be32)      // also with quotes, also for u8[4]
  ///
  /// Numbers are decimal, `0x…`, `0o…` or `0b…`; enums also take the names of their values, arrays of characters a
  /// string. What is left out is zero: members, elements at the end, characters after a string.
  ///
  /// - Throws: what was given, what was expected, and for which member or element.
  public func bytes(ofTyped text: String, as id: TypeID) throws(TypedInputError) -> [UInt8] {
    let input = try InputText(parsing: text)
    let size = try InputEncoder.ask { () throws(BTFError) in
      let size = try self.size(of: id)
      // More than any map's value; BTF can claim more than all memory.
      guard size <= 1 << 26 else { throw BTFError(.sizeOverflow(id)) }
      return size
    }
    var encoder = InputEncoder(graph: self, size: size)
    try encoder.write(input, as: id, at: 0, path: "", depth: 0)
    return encoder.bytes
  }
}
