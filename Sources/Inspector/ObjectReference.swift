/// How a person names a program, a map, a link or type information.
///
///     id 42        tag 3b185187f1855c4c        name on_open        pinned /sys/fs/bpf/counts
public enum ObjectReference: Hashable, Sendable {
  case id(UInt32)
  case tag([UInt8])
  case name(String)
  case pinned(String)

  /// Reads a reference off the front of `words`.
  ///
  /// The words `id`, `tag`, `name` and `pinned` may be shortened. Numbers may be decimal, hexadecimal (0x) or octal (0).
  ///
  /// - Throws: ``InspectorError/usage(_:)``.
  public init(takingFrom words: inout ArraySlice<String>, allowing kinds: [Kind]) throws(InspectorError) {
    let choices = kinds.map { "'\($0.rawValue)'" }
    let list =
      choices.count < 2 ? choices.joined() : "\(choices.dropLast().joined(separator: ", ")) or \(choices.last ?? "")"
    guard let word = words.popFirst() else { throw .usage("expected \(list)") }
    guard !word.isEmpty, let kind = kinds.first(where: { $0.rawValue.hasPrefix(word) }) else {
      throw .usage("expected \(list), got: '\(word)'")
    }
    guard let argument = words.popFirst() else { throw .usage("'\(kind.rawValue)' needs an argument") }
    switch kind {
    case .id:
      guard let id = Self.number(argument).flatMap(UInt32.init(exactly:)) else {
        throw .usage("can't parse \(argument) as ID")
      }
      self = .id(id)
    case .tag:
      guard argument.utf8.count == 16, let bits = UInt64(argument, radix: 16), argument.first != "+" else {
        throw .usage("can't parse tag '\(argument)': 16 hexadecimal digits are expected")
      }
      self = .tag((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) })
    case .name: self = .name(argument)
    case .pinned: self = .pinned(argument)
    }
  }

  /// The forms of a reference.
  public enum Kind: String, CaseIterable, Sendable {
    case id, tag, name, pinned
  }

  /// A number as `strtoul(3)` with base 0 reads it; nil for anything else.
  public static func number(_ text: String) -> UInt64? {
    let lowered = text.lowercased()
    guard lowered.first?.isHexDigit == true else { return nil }
    if lowered.hasPrefix("0x") {
      guard lowered.dropFirst(2).first?.isHexDigit == true else { return nil }
      return UInt64(lowered.dropFirst(2), radix: 16)
    }
    if lowered.hasPrefix("0"), lowered.utf8.count > 1 { return UInt64(lowered.dropFirst(), radix: 8) }
    return UInt64(lowered, radix: 10)
  }
}

extension ObjectReference: CustomStringConvertible {
  /// As a person writes it.
  public var description: String {
    switch self {
    case .id(let id): "id \(id)"
    case .tag(let tag): "tag \(tag.hexadecimal)"
    case .name(let name): "name \(name)"
    case .pinned(let path): "pinned \(path)"
    }
  }
}

extension Sequence<UInt8> {
  /// Two digits for each byte, without blanks.
  var hexadecimal: String {
    map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
  }
}
