/// What a data section of an object is to look like when its variables have their places.
///
/// Compilers leave the size of a section and the places of its variables to relocations; the kernel wants them filled
/// in, and the variables in the order of their places.
public struct DataSectionLayout: Hashable, Sendable {
  /// Bytes of the section.
  public var size: Int
  /// As many variables as the section has.
  public var variables: [SectionVariable]

  /// A layout; the variables are put in order when it is applied.
  public init(size: Int, variables: [SectionVariable]) {
    self.size = size
    self.variables = variables
  }
}

extension TypeGraph {
  /// A copy of a graph without base in which data sections are laid out and functions made static.
  ///
  /// - Parameters:
  ///   - layouts: by the id of the data section.
  ///   - functions: ids of functions that only their own object may see, whatever the compiler said.
  /// - Throws: ``BTFError`` when an id is of another kind, a layout has another number of variables, or a number does
  ///   not fit.
  public func applying(
    layouts: [TypeID: DataSectionLayout], staticFunctions functions: [TypeID] = []
  ) throws(BTFError) -> TypeGraph {
    if base != nil { throw BTFError(.mismatchedBase) }
    var copy = [UInt8](UnsafeRawBufferPointer(start: bytes.start, count: bytes.count))
    func write(_ value: UInt32, at offset: Int) {
      let stored = bytes.isSwapped ? value.byteSwapped : value
      withUnsafeBytes(of: stored) { source in
        // Every word of a record lies within the bytes: the graph's first pass has checked it.
        for (index, byte) in source.enumerated() { copy[offset + index] = byte }
      }
    }
    func word(_ value: Int) throws(BTFError) -> UInt32 {
      guard let word = UInt32(exactly: value) else { throw BTFError(.limitExceeded(.size(value))) }
      return word
    }
    for (id, layout) in layouts {
      let record = try ownRecord(id, .dataSection)
      guard layout.variables.count == record.itemCount else {
        throw BTFError(.limitExceeded(.items(layout.variables.count)))
      }
      write(try word(layout.size), at: record.tailOffset - 4)
      for (index, variable) in layout.variables.sorted(by: { $0.offset < $1.offset }).enumerated() {
        let place = record.tailOffset + index * 12
        write(variable.variable.rawValue, at: place)
        write(try word(variable.offset), at: place + 4)
        write(try word(variable.size), at: place + 8)
      }
    }
    for id in functions {
      let record = try ownRecord(id, .function)
      let info = bytes.word(at: record.tailOffset - 8)
      write(info & ~0xffff | FunctionLinkage.static.rawValue, at: record.tailOffset - 8)
    }
    return try TypeGraph(bytes: copy, pointerSize: pointerSize)
  }

  private func ownRecord(_ id: TypeID, _ kind: BTFKind) throws(BTFError) -> TypeRecord {
    let record = try existingRecord(id)
    guard record.kind == kind else {
      throw BTFError(.unexpectedKind(id, found: record.kind, expected: kind.kernelName))
    }
    return record
  }
}
