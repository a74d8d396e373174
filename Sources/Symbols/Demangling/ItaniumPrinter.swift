/// Writes the parts of a C++ name as source text, in the form of GNU's `c++filt`.
///
/// A declarator such as `void (*)(int)` is written around its middle: everything has a left and a right side.
struct ItaniumPrinter {
  typealias ID = ItaniumNode.ID

  /// The text would be too long or is nested too deeply.
  struct TooBig: Error {}

  private static let deepestNesting = 400

  let nodes: [ItaniumNode]
  let forwardReferences: [(index: Int, argument: ID?)]
  private(set) var output: [UInt8] = []
  /// Which element of the packs to write while an expansion is written.
  private var packIndex: Int?
  private var depth = 0
  /// Bounds the work where nothing is written, as with empty packs.
  private var steps = 0

  init(_ parser: ItaniumParser) {
    nodes = parser.nodes
    forwardReferences = parser.forwardReferences
  }

  mutating func print(_ id: ID) throws(TooBig) {
    try left(id)
    try right(id)
  }

  // MARK: Text

  private mutating func write(_ text: String) throws(TooBig) {
    output.append(contentsOf: text.utf8)
    guard output.count <= Demangler.longestResult else { throw TooBig() }
  }

  private mutating func writeSpaceUnlessBehind(_ bytes: String) throws(TooBig) {
    guard let last = output.last, !bytes.utf8.contains(last) else { return }
    try write(" ")
  }

  /// Writes a list with commas, none for what turns out empty.
  private mutating func list(_ ids: [ID]) throws(TooBig) {
    var isFirst = true
    for id in ids {
      let start = output.count
      if !isFirst { try write(", ") }
      let behindComma = output.count
      try print(id)
      if output.count == behindComma { output.removeSubrange(start...) } else { isFirst = false }
    }
  }

  private mutating func arguments(_ ids: [ID]) throws(TooBig) {
    if output.last == UInt8(ascii: "<") { try write(" ") }
    try write("<")
    try list(ids)
    if output.last == UInt8(ascii: ">") { try write(" ") }
    try write(">")
  }

  private mutating func parameters(_ ids: [ID]) throws(TooBig) {
    try write("(")
    try list(ids)
    try write(")")
  }

  // MARK: References

  /// Follows forward references and, inside of an expansion, takes the pack's element.
  private func resolve(_ id: ID) -> ID? { resolution(of: id)?.id }

  /// What a reference leads to, and whether that is an element of a pack: it is no part of the pattern any more.
  private func resolution(of id: ID) -> (id: ID, isElement: Bool)? {
    var id = id
    var isElement = false
    for _ in 0..<64 {
      switch nodes[id] {
      case .forward(let number):
        guard let argument = forwardReferences[number].argument else { return nil }
        id = argument
      case .parameter(_, _, let meaning): id = meaning
      case .parameterPack(let elements):
        guard let packIndex, !isElement else { return (id, isElement) }
        guard packIndex < elements.count else { return nil }
        id = elements[packIndex]
        isElement = true
      default: return (id, isElement)
      }
    }
    return nil
  }

  private enum Shape { case plain, function, array }

  /// Whether a pointer to this needs parentheses.
  private func shape(_ id: ID) -> Shape {
    guard let id = resolve(id) else { return .plain }
    switch nodes[id] {
    case .function(nil, _, _, _): return .function
    case .array: return .array
    case .qualified(let type, _), .suffixed(let type, _): return shape(type)
    case .member(let type, let text, _) where text.hasPrefix(" "): return shape(type)
    default: return .plain
    }
  }

  /// The number of elements of the packs in a pattern; nil when there is none.
  private func packSize(_ id: ID, _ depth: Int = 0) -> Int? {
    guard depth < 64 else { return nil }
    if case .forward(let number) = nodes[id] {
      return forwardReferences[number].argument.flatMap { packSize($0, depth + 1) }
    }
    if case .parameterPack(let elements) = nodes[id] { return elements.count }
    for child in nodes[id].children { if let size = packSize(child, depth + 1) { return size } }
    return nil
  }

  // MARK: Sides

  private mutating func enter() throws(TooBig) {
    steps += 1
    depth += 1
    guard depth <= Self.deepestNesting, steps < 200_000 else { throw TooBig() }
  }

  private mutating func left(_ id: ID) throws(TooBig) {
    try enter()
    let outerIndex = packIndex
    defer {
      depth -= 1
      packIndex = outerIndex
    }
    guard let (id, isElement) = resolution(of: id) else { return }
    if isElement { packIndex = nil }
    switch nodes[id] {
    case .qualified(let type, let qualifiers):
      try left(type)
      if shape(type) != .function { for qualifier in qualifiers { try write(" \(qualifier)") } }
    case .pointer: try pointerLeft(id)
    case .suffixed(let type, let text):
      try left(type)
      if shape(type) == .plain { try write(text) }
    case .member(let type, let text, let qualifier) where text.hasPrefix(" "):
      try left(type)
      if shape(type) == .plain {
        try write(text)
        try print(qualifier)
      }
    case .memberPointer(let scope, let member):
      try left(member)
      if shape(member) == .plain { try write(" ") } else { try write("(") }
      try print(scope)
      try write("::*")
    case .array(let element, _): try left(element)
    case .function(let name, let result, _, _):
      if let result {
        try left(result)
        if shapeOfPointee(result) == .plain { try write(" ") }
      }
      if let name { try print(name) }
    default: try ItaniumNameWriting.write(id, &self)
    }
  }

  private mutating func right(_ id: ID) throws(TooBig) {
    try enter()
    let outerIndex = packIndex
    defer {
      depth -= 1
      packIndex = outerIndex
    }
    guard let (id, isElement) = resolution(of: id) else { return }
    if isElement { packIndex = nil }
    switch nodes[id] {
    case .qualified(let type, let qualifiers):
      try right(type)
      if shape(type) == .function { for qualifier in qualifiers { try write(" \(qualifier)") } }
    case .suffixed(let type, let text):
      try right(type)
      if shape(type) != .plain { try write(text) }
    case .member(let type, let text, let qualifier) where text.hasPrefix(" "):
      try right(type)
      if shape(type) != .plain {
        try write(text)
        try print(qualifier)
      }
    case .pointer(let type, _):
      if shape(collapsed(type).type) != .plain { try write(")") }
      try right(collapsed(type).type)
    case .memberPointer(_, let member):
      if shape(member) != .plain { try write(")") }
      try right(member)
    case .array(let element, let count):
      try writeSpaceUnlessBehind("]")
      try write("[")
      if let count { try print(count) }
      try write("]")
      try right(element)
    case .function(_, let result, let parameters, let qualifiers):
      try self.parameters(parameters)
      for qualifier in qualifiers { try write(" \(qualifier)") }
      if let result { try right(result) }
    default: break
    }
  }

  /// Whether the result of a function is a pointer to something that is written around it.
  private func shapeOfPointee(_ id: ID) -> Shape {
    guard let id = resolve(id) else { return .plain }
    switch nodes[id] {
    case .pointer(let type, _):
      let inner = shape(type)
      return inner == .plain ? shapeOfPointee(type) : inner
    case .qualified(let type, _): return shapeOfPointee(type)
    case .memberPointer(_, let member): return shape(member)
    case .function(nil, _, _, _): return .function
    default: return .plain
    }
  }

  private mutating func pointerLeft(_ id: ID) throws(TooBig) {
    guard case .pointer(let type, let symbol) = nodes[id] else { return }
    let (pointee, inner) = collapsed(type)
    try left(pointee)
    switch shape(pointee) {
    case .plain: break
    case .function: try write("(")
    case .array: try write(" (")
    }
    // A reference to a reference is one: `&&` only if both are.
    try write(symbol != "*" && inner == "&" ? "&" : symbol)
  }

  /// What a reference refers to when it refers to a reference, and the inner symbol.
  private func collapsed(_ id: ID) -> (type: ID, symbol: String?) {
    guard let resolved = resolve(id), case .pointer(let type, let symbol) = nodes[resolved], symbol != "*" else {
      return (id, nil)
    }
    let (innermost, inner) = collapsed(type)
    return (innermost, inner == "&" ? "&" : symbol)
  }

  // MARK: Access for the writer of names and expressions

  func node(_ id: ID) -> ItaniumNode { nodes[id] }
  mutating func writeText(_ text: String) throws(TooBig) { try write(text) }
  mutating func writeArguments(_ ids: [ID]) throws(TooBig) { try arguments(ids) }
  mutating func writeList(_ ids: [ID]) throws(TooBig) { try list(ids) }
  mutating func writeParameters(_ ids: [ID]) throws(TooBig) { try parameters(ids) }
  func resolved(_ id: ID) -> ID? { resolve(id) }

  /// Writes a pattern once for each element of its packs.
  mutating func writeExpansion(_ pattern: ID) throws(TooBig) {
    guard packIndex == nil, let count = packSize(pattern) else {
      try print(pattern)
      if packIndex == nil { try write("...") }
      return
    }
    defer { packIndex = nil }
    var isFirst = true
    for index in 0..<count {
      let start = output.count
      if !isFirst { try write(", ") }
      let behindComma = output.count
      packIndex = index
      try print(pattern)
      if output.count == behindComma { output.removeSubrange(start...) } else { isFirst = false }
    }
  }
}
