/// A pattern for names: `*` stands for any characters, `?` for one, `[…]` for one of a set.
///
/// A set lists characters and ranges, as in `[a-z0-9]`; `[!…]` and `[^…]` stand for any other character, and a `]`
/// right at the start belongs to the set. A `[` that nothing closes is an ordinary character. There is no escape: names
/// of probes contain none of these characters. Letters match in their own case only.
///
///     NamePattern("sys_enter_open*").matches("sys_enter_openat")   // true
///
/// - Complexity: matching is O(*n*·*m*) at worst and O(*n*) for the usual pattern with one `*`.
public struct NamePattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as it was written.
  public let description: String
  /// Whether it can match more than one name.
  public let hasWildcards: Bool

  private let elements: [Element]
  private let sets: [ByteSet]
  /// The bytes with which every match begins, so that most names are refused at once.
  private let prefix: [UInt8]

  private enum Element: Hashable {
    case byte(UInt8)
    case anyByte
    case anyBytes
    /// Any of the set of that number.
    case set(Int)
  }

  private struct ByteSet: Hashable {
    var isNegated = false
    var ranges: [ClosedRange<UInt8>] = []

    func contains(_ byte: UInt8) -> Bool { ranges.contains { $0.contains(byte) } != isNegated }
  }

  /// A pattern that matches every name.
  public static let everything = NamePattern("*")

  /// Reads a pattern; every text is one.
  public init(_ text: some StringProtocol) {
    description = String(text)
    let bytes = Array(text.utf8)
    var elements: [Element] = []
    var sets: [ByteSet] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "*"):
        if elements.last != .anyBytes { elements.append(.anyBytes) }
        index += 1
      case UInt8(ascii: "?"):
        elements.append(.anyByte)
        index += 1
      case UInt8(ascii: "["):
        if let (set, end) = Self.readSet(bytes, from: index + 1) {
          elements.append(.set(sets.count))
          sets.append(set)
          index = end
        } else {
          elements.append(.byte(bytes[index]))
          index += 1
        }
      case let byte:
        elements.append(.byte(byte))
        index += 1
      }
    }
    self.elements = elements
    self.sets = sets
    var prefix: [UInt8] = []
    for element in elements {
      guard case .byte(let byte) = element else { break }
      prefix.append(byte)
    }
    self.prefix = prefix
    hasWildcards = prefix.count < elements.count
  }

  /// Whether the whole name fits.
  public func matches(_ name: some StringProtocol) -> Bool {
    var name = String(name)
    return name.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }

  /// Whether the whole name, given as its UTF-8 bytes, fits.
  public func matches(_ name: UnsafeRawBufferPointer) -> Bool {
    guard name.count >= prefix.count else { return false }
    for index in prefix.indices where name[index] != prefix[index] { return false }
    if elements.count == prefix.count { return name.count == prefix.count }
    if elements.count == prefix.count + 1, elements.last == .anyBytes { return true }

    // On a mismatch the last `*` takes one more byte: only the last one ever needs to be tried again.
    var nameIndex = prefix.count
    var elementIndex = prefix.count
    var retry: (element: Int, name: Int)?
    while nameIndex < name.count {
      if elementIndex < elements.count, elements[elementIndex] == .anyBytes {
        elementIndex += 1
        retry = (elementIndex, nameIndex)
      } else if elementIndex < elements.count, fits(name[nameIndex], elements[elementIndex]) {
        nameIndex += 1
        elementIndex += 1
      } else if let last = retry {
        elementIndex = last.element
        nameIndex = last.name + 1
        retry = (elementIndex, nameIndex)
      } else {
        return false
      }
    }
    return elements[elementIndex...].allSatisfy { $0 == .anyBytes }
  }

  private func fits(_ byte: UInt8, _ element: Element) -> Bool {
    switch element {
    case .byte(let wanted): byte == wanted
    case .anyByte: true
    case .anyBytes: false
    case .set(let number): sets[number].contains(byte)
    }
  }

  /// Reads a set from behind its `[`; nil when no `]` ends it.
  private static func readSet(_ bytes: [UInt8], from start: Int) -> (ByteSet, end: Int)? {
    var set = ByteSet()
    var index = start
    if index < bytes.count, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "^") {
      set.isNegated = true
      index += 1
    }
    let first = index
    while index < bytes.count {
      let low = bytes[index]
      if low == UInt8(ascii: "]"), index > first { return (set, index + 1) }
      if index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] != UInt8(ascii: "]") {
        let high = bytes[index + 2]
        if low <= high { set.ranges.append(low...high) }
        index += 3
      } else {
        set.ranges.append(low...low)
        index += 1
      }
    }
    return nil
  }
}
