@_spi(Reflection) internal import Swift

/// What is known of the bytes of a type, found by going through its fields at run time.
struct FieldWalk {
  /// Bytes that hold a value, by their offset.
  private(set) var isData: [Bool]
  /// Why the fields may not be all that there is; nil when they are.
  private(set) var doubt: String?

  /// Looks at `type`, of which `byteCount` bytes are written.
  init(_ type: Any.Type, byteCount: Int) {
    isData = Array(repeating: false, count: byteCount)
    visit(type, at: 0)
  }

  private mutating func visit(_ type: Any.Type, at offset: Int) {
    let size = Self.size(type)
    if let known = type as? any KnownPadding.Type {
      let padding = known.padding
      for index in 0..<size where !padding.contains(where: { $0.contains(index) }) { mark(offset + index, 1) }
      return
    }
    if let array = Self.fixedArray(type) {
      let stride = Self.stride(array.element)
      for index in 0..<array.count { visit(array.element, at: offset + index * stride) }
      return
    }
    if let vector = type as? any SIMD.Type {
      // The memory of three lanes is that of four.
      mark(offset, Self.laneBytes(vector))
      return
    }
    var fields: [(offset: Int, type: Any.Type, kind: _MetadataKind)] = []
    _ = _forEachField(of: type, options: []) { _, offset, type, kind in
      fields.append((offset, type, kind))
      return true
    }
    if fields.isEmpty {
      mark(offset, size)
      // An enumeration of one byte has no byte that its cases leave open.
      if size > 1, !Self.isBuiltin(type) { doubt(type, "has bytes that its fields do not tell") }
      return
    }
    let isImported = Self.isImportedFromC(type)
    var end = 0
    for field in fields {
      if isImported, field.offset > end { gap(in: type, at: offset, end..<field.offset) }
      if case .unknown = field.kind {
        mark(offset + field.offset, size - field.offset)
        doubt(type, "has a field of a kind that cannot be looked into")
        return
      }
      visit(field.type, at: offset + field.offset)
      end = max(end, field.offset + Self.size(field.type))
    }
    if isImported, end < size { gap(in: type, at: offset, end..<size) }
  }

  /// Bit fields and nameless unions of C are not among the fields that Swift knows: a gap may be one of them.
  private mutating func gap(in type: Any.Type, at offset: Int, _ gap: Range<Int>) {
    mark(offset + gap.lowerBound, gap.count)
    doubt(type, "is a C structure whose bytes \(gap.lowerBound)..<\(gap.upperBound) may be padding or hold fields")
  }

  private mutating func doubt(_ type: Any.Type, _ reason: String) {
    if doubt == nil { doubt = "\(type) \(reason)" }
  }

  private mutating func mark(_ offset: Int, _ count: Int) {
    for index in offset..<max(offset, min(offset + count, isData.count)) { isData[index] = true }
  }

  private static func size(_ type: Any.Type) -> Int {
    func size<T>(_: T.Type) -> Int { MemoryLayout<T>.size }
    return _openExistential(type, do: size)
  }

  private static func stride(_ type: Any.Type) -> Int {
    func stride<T>(_: T.Type) -> Int { MemoryLayout<T>.stride }
    return _openExistential(type, do: stride)
  }

  private static func laneBytes<T: SIMD>(_: T.Type) -> Int { T.scalarCount * MemoryLayout<T.Scalar>.size }

  private static func fixedArray(_ type: Any.Type) -> (count: Int, element: Any.Type)? {
    (type as? any FixedArray.Type).map { ($0.elementCount, $0.elementType) }
  }

  private static func isBuiltin(_ type: Any.Type) -> Bool { _typeName(type).hasPrefix("Builtin.") }

  /// A mangled name of a type that Clang read begins so (`docs/ABI/Mangling.rst` of Swift: known modules).
  private static func isImportedFromC(_ type: Any.Type) -> Bool { _mangledTypeName(type)?.hasPrefix("So") ?? false }
}

/// An array within a value.
private protocol FixedArray {
  static var elementCount: Int { get }
  static var elementType: Any.Type { get }
}

extension InlineArray: FixedArray {
  static var elementCount: Int { count }
  static var elementType: Any.Type { Element.self }
}
