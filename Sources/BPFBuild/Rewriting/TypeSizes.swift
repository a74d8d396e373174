/// Sizes of LLVM's types, as BPF's data layout has them.
struct TypeSizes: Sendable {
  /// Bytes that a type takes, where it may begin, and whether it has bytes that no field owns.
  struct Layout: Hashable, Sendable {
    var size: Int
    var alignment: Int
    var hasPadding = false

    /// The distance from one element of an array to the next, as Swift counts it.
    var stride: Int { max(1, (size + alignment - 1) / alignment * alignment) }
  }

  private var bodies: [String: String] = [:]

  init() {}

  init(_ types: [(name: String, body: String)]) {
    bodies = Dictionary(types.map { ($0.name, $0.body) }) { first, _ in first }
  }

  /// The layout of a type; nil for one without a size, or not known here.
  ///
  /// The alignment is the natural one of the fields, also in a packed structure: Swift packs all its structures and
  /// writes their padding as fields.
  func layout(of type: String, within outer: [String] = []) -> Layout? {
    switch type.utf8.first {
    case UInt8(ascii: "%"):
      return outer.contains(type) ? nil : bodies[type].flatMap { layout(of: $0, within: outer + [type]) }
    case UInt8(ascii: "["):
      var cursor = IRCursor(type.dropFirst().dropLast())
      guard let count = cursor.integer(), cursor.skip(" x "),
        let element = layout(of: cursor.remaining, within: outer)
      else { return nil }
      let (size, overflow) = element.size.multipliedReportingOverflow(by: count)
      return overflow || size < 0 || size > 1 << 40
        ? nil : Layout(size: size, alignment: element.alignment, hasPadding: element.hasPadding)
    case UInt8(ascii: "<") where type.hasPrefix("<{"):
      return fields(type.dropFirst(2).dropLast(2), isPacked: true, within: outer)
    case UInt8(ascii: "{"):
      return fields(type.dropFirst().dropLast(), isPacked: false, within: outer)
    case UInt8(ascii: "i"):
      guard let bits = Int(type.dropFirst()), bits > 0, bits < 1 << 23 else { return nil }
      let size = (bits + 7) / 8
      var alignment = 1
      while alignment < size, alignment < 16 { alignment *= 2 }
      return Layout(size: size, alignment: alignment)
    default:
      switch type {
      case "ptr", "double": return Layout(size: 8, alignment: 8)
      case "float": return Layout(size: 4, alignment: 4)
      default: return nil
      }
    }
  }

  private func fields(_ list: Substring, isPacked: Bool, within outer: [String]) -> Layout? {
    var whole = Layout(size: 0, alignment: 1)
    let items = IRCursor.list(list)
    for item in items {
      guard let field = layout(of: item, within: outer) else { return nil }
      if !isPacked {
        let aligned = (whole.size + field.alignment - 1) / field.alignment * field.alignment
        if aligned != whole.size { whole.hasPadding = true }
        whole.size = aligned
      }
      // Between other fields an array of bytes is what Swift pads with.
      if isPacked, items.count > 1, item.hasPrefix("["), item.hasSuffix(" x i8]") { whole.hasPadding = true }
      whole.hasPadding = whole.hasPadding || field.hasPadding
      whole.alignment = max(whole.alignment, field.alignment)
      whole.size += field.size
    }
    if !isPacked, whole.size % whole.alignment != 0 {
      whole.hasPadding = true
      whole.size = whole.stride
    }
    return whole
  }
}
