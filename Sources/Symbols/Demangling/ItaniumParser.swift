/// Reads a mangled C++ name by the grammar of the Itanium C++ ABI, section 5.1.
///
/// Letters in the comments are those of the grammar. Every function reads what its name says from the current place, or
/// throws when the text is of another form.
struct ItaniumParser {
  /// The text is no mangled name.
  struct Malformed: Error {}

  typealias ID = ItaniumNode.ID

  private static let deepestNesting = 200
  private static let mostNodes = 20_000

  let bytes: [UInt8]
  var position = 0
  private(set) var nodes: [ItaniumNode] = []
  /// For each node, whether it is or has a template parameter that another use may give another meaning.
  private var hasParameter: [Bool] = []
  /// What `S_`, `S0_`, … refer to.
  var substitutions: [ID] = []
  /// What `T_`, `T0_`, … refer to: the arguments of the enclosing templates, by level.
  var templateParameters: [[ID]] = []
  /// The arguments that forward references turned out to be.
  var forwardReferences: [(index: Int, argument: ID?)] = []
  var permitsForwardReferences = false
  /// Whether an `I` behind a template parameter or substitution belongs to it.
  var takesTemplateArguments = true
  /// Whether the parameters of a lambda are being read, whose template parameters are written `auto`.
  var isInLambda = false
  private var depth = 0

  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  // MARK: Text

  var isAtEnd: Bool { position >= bytes.count }

  func peek(_ distance: Int = 0) -> UInt8 {
    position + distance < bytes.count ? bytes[position + distance] : 0
  }

  func isNext(_ text: StaticString) -> Bool {
    guard bytes.count - position >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[position + index] != text.utf8Start[index] { return false }
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  mutating func expect(_ text: StaticString) throws(Malformed) {
    guard take(text) else { throw Malformed() }
  }

  /// A number without sign.
  mutating func number() throws(Malformed) -> Int {
    let start = position
    var value = 0
    while peek() >= UInt8(ascii: "0"), peek() <= UInt8(ascii: "9") {
      value = value * 10 + Int(peek() - UInt8(ascii: "0"))
      guard value < 1 << 24 else { throw Malformed() }
      position += 1
    }
    guard position > start else { throw Malformed() }
    return value
  }

  /// `_` is 0, `0_` is 1, and so on.
  mutating func sequenceNumber() throws(Malformed) -> Int {
    if take("_") { return 0 }
    let value = try number()
    try expect("_")
    return value + 1
  }

  // MARK: Arena

  mutating func add(_ node: ItaniumNode) throws(Malformed) -> ID {
    guard nodes.count < Self.mostNodes else { throw Malformed() }
    let isOpen =
      switch node {
      case .parameter: true
      // What their parameters mean is settled by their own names.
      case .function(.some, _, _, _), .lambda: false
      default: node.children.contains { hasParameter[$0] }
      }
    hasParameter.append(isOpen)
    nodes.append(node)
    return nodes.count - 1
  }

  /// A part that was seen earlier, as it is meant here.
  ///
  /// `S1_` can stand for `T_` or for something made of it, and that is what `T_` means where `S1_` stands.
  mutating func rebound(_ id: ID) throws(Malformed) -> ID {
    guard hasParameter[id] else { return id }
    if case .parameter(let level, let index, _) = nodes[id] {
      return try parameter(level: level, index: index) ?? id
    }
    return try nesting { parser throws(Malformed) in
      var children: [ID] = []
      for child in parser.nodes[id].children { children.append(try parser.rebound(child)) }
      return try parser.add(parser.nodes[id].replacingChildren(by: children))
    }
  }

  /// A template parameter as it is meant at the current place; nil where there is no such parameter.
  mutating func parameter(level: Int, index: Int) throws(Malformed) -> ID? {
    let meaning: ID
    if isInLambda {
      meaning = try text("auto:\(index + 1)")
    } else if level < templateParameters.count, index < templateParameters[level].count {
      meaning = try parameter(standingFor: templateParameters[level][index])
    } else {
      return nil
    }
    return try add(.parameter(level: level, index: index, meaning: meaning))
  }

  mutating func text(_ text: String) throws(Malformed) -> ID { try add(.text(text)) }

  /// Runs `body` one level deeper, unless that is too deep.
  mutating func nesting<R>(_ body: (inout Self) throws(Malformed) -> R) throws(Malformed) -> R {
    guard depth < Self.deepestNesting else { throw Malformed() }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Reads items until the given end, which is taken too.
  mutating func items(
    until end: StaticString, _ item: (inout Self) throws(Malformed) -> ID
  ) throws(Malformed) -> [ID] {
    var found: [ID] = []
    while !take(end) { found.append(try item(&self)) }
    return found
  }
}
