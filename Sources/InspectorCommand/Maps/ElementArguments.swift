internal import Inspector
internal import KernelInterface

/// A key, a value and a condition, as words of the command line in any order.
///
///     key 1 0 0 0 value hex ff 0 0 0 noexist        key 42 value '{pid: 1}'
///
/// A key or a value is as many bytes as the map's, decimal, octal (0) or hexadecimal (0x), or all hexadecimal behind
/// `hex`; where the map has type information, anything else is read as what the type is, up to the next of the words.
struct ElementArguments {
  var key: [UInt8]?
  var value: Value?
  var update = ElementUpdate.any

  /// What is written.
  enum Value {
    case bytes([UInt8])
    case object(ObjectKind, ObjectReference)
  }

  private static let keywords: Set<String> = ["key", "value", "any", "exist", "noexist"]
  private let elements: MapElements

  /// What a word of the inspector takes.
  enum Part: Hashable {
    /// It has to be there when the map has keys.
    case key
    /// It may be there.
    case optionalKey
    case value, condition
  }

  /// Takes all words of a call.
  ///
  /// - Throws: ``InspectorError/usage(_:)``.
  init(takingFrom words: inout ArraySlice<String>, for elements: MapElements, _ parts: Set<Part>) throws(InspectorError)
  {
    self.elements = elements
    var hasCondition = false
    while let word = words.popFirst() {
      if word.isEmpty { throw .usage("expected key or value, got: ''") }
      if "key".hasPrefix(word) {
        guard key == nil else { throw .usage("duplicate key") }
        guard elements.info.keySize > 0, parts.contains(.key) || parts.contains(.optionalKey) else {
          throw .usage("unnecessary key")
        }
        key = try data("key", elements.info.keySize, isKey: true, &words)
      } else if "value".hasPrefix(word) {
        guard value == nil else { throw .usage("duplicate value") }
        guard parts.contains(.value) else { throw .usage("unnecessary value") }
        value = try takeValue(&words)
      } else if parts.contains(.condition), let update = Self.condition(word) {
        guard !hasCondition else { throw .usage("duplicate condition: \(word)") }
        self.update = update
        hasCondition = true
      } else {
        throw .usage("expected key or value, got: \(word)")
      }
    }
    if parts.contains(.key), key == nil {
      guard elements.info.keySize == 0 else { throw .usage("did not find key") }
      key = []
    }
    if parts.contains(.value), value == nil { throw .usage("did not find value") }
  }

  /// Shortened words mean the first that they begin.
  private static func condition(_ word: String) -> ElementUpdate? {
    if "any".hasPrefix(word) { return .any }
    if "noexist".hasPrefix(word) { return .onlyNew }
    return "exist".hasPrefix(word) ? .onlyExisting : nil
  }

  private func takeValue(_ words: inout ArraySlice<String>) throws(InspectorError) -> Value {
    if elements.holdsMaps {
      return .object(.map, try ObjectReference(takingFrom: &words, allowing: [.id, .name, .pinned]))
    }
    if elements.info.type == .programArray {
      return .object(.program, try ObjectReference(takingFrom: &words, allowing: ObjectReference.Kind.allCases))
    }
    return .bytes(try data("value", elements.info.valueSize, isKey: false, &words))
  }

  private func data(
    _ role: String, _ size: Int, isKey: Bool, _ words: inout ArraySlice<String>
  ) throws(InspectorError) -> [UInt8] {
    if let first = words.first, words.count > 1, !first.isEmpty, "hex".hasPrefix(first) {
      words = words.dropFirst()
      return try bytes(role, size, isHexadecimal: true, &words)
    }
    let numbers = words.prefix(size)
    let types = elements.types
    guard let type = isKey ? types?.key : types?.value, let types,
      numbers.count < size || !numbers.allSatisfy({ ObjectReference.number($0) != nil })
    else { return try bytes(role, size, isHexadecimal: false, &words) }
    // The first word is data even if it is the name of something else.
    let count = (words.dropFirst().firstIndex { Self.keywords.contains($0) } ?? words.endIndex) - words.startIndex
    let typed = words.prefix(count)
    guard typed.count < 2 || !typed.allSatisfy({ ObjectReference.number($0) != nil }) else {
      return try bytes(role, size, isHexadecimal: false, &words)
    }
    guard !typed.isEmpty else { throw .usage("\(role) expected \(size) bytes or a value of its type, got nothing") }
    words = words.dropFirst(count)
    return try types.bytes(typed: typed.joined(separator: " "), as: type, size: size, role)
  }

  private func bytes(
    _ role: String, _ size: Int, isHexadecimal: Bool, _ words: inout ArraySlice<String>
  ) throws(InspectorError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < size {
      guard let word = words.popFirst() else { throw .usage("\(role) expected \(size) bytes got \(bytes.count)") }
      let digits = isHexadecimal && !word.lowercased().hasPrefix("0x") ? "0x\(word)" : word
      guard let number = ObjectReference.number(digits) else { throw .usage("error parsing byte: \(word)") }
      guard let byte = UInt8(exactly: number) else { throw .usage("error parsing byte: \(word) is above 255") }
      bytes.append(byte)
    }
    return bytes
  }
}
