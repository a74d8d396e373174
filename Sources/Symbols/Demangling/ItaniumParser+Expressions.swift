extension ItaniumParser {
  mutating func expression() throws(Malformed) -> ID {
    try nesting { parser throws(Malformed) in try parser.expressionHere() }
  }

  private mutating func expressionHere() throws(Malformed) -> ID {
    let isGlobal = take("gs")
    switch (peek(), peek(1)) {
    case (UInt8(ascii: "L"), _): return try literal()
    case (UInt8(ascii: "T"), _): return try templateParameter()
    case (UInt8(ascii: "f"), UInt8(ascii: "p")): return try functionParameter()
    case (UInt8(ascii: "f"), UInt8(ascii: "L")) where !isLeftFoldWithStart: return try functionParameter()
    case (UInt8(ascii: "0")...UInt8(ascii: "9"), _): return try unresolvedName()
    default: break
    }
    if let result = try keywordExpression(isGlobal: isGlobal) { return result }
    guard let symbol = ItaniumOperator.named(peek(), peek(1)) else { throw Malformed() }
    position += 2
    let text = String(symbol.text.dropFirst("operator".utf8.count))
    switch symbol.arity {
    case .unary:
      if text == "++" || text == "--" {
        let isPrefix = take("_")
        let operand = try expression()
        return try add(isPrefix ? .unary(text, operand) : .postfix(operand, text))
      }
      return try add(.unary(text, try expression()))
    case .binary:
      let left = try expression()
      let right = try expression()
      if text == "[]" { return try add(.member(left, "", try add(.enclosed("[", right, "]")))) }
      return try add(.binary(left, text, right))
    case .ternary:
      let condition = try expression()
      let first = try expression()
      return try add(.conditional(condition, first, try expression()))
    case .other: throw Malformed()
    }
  }

  /// `fL` followed by a digit is a parameter of an outer function; followed by an operator it is a fold.
  private var isLeftFoldWithStart: Bool {
    peek(1) == UInt8(ascii: "L") && !(peek(2) >= UInt8(ascii: "0") && peek(2) <= UInt8(ascii: "9"))
  }

  /// Expressions that have letters of their own; nil for operators.
  private mutating func keywordExpression(isGlobal: Bool) throws(Malformed) -> ID? {
    if take("cl") || take("cp") {
      let callee = try expression()
      return try add(.call(callee, try expressions()))
    }
    if take("cv") {
      let target = try type()
      if take("_") { return try add(.cast(to: target, try expressions())) }
      return try add(.cast(to: target, [try expression()]))
    }
    for (letters, name) in Self.namedCasts where take(letters) {
      let target = try type()
      return try add(.namedCast(name, to: target, try expression()))
    }
    if take("tl") {
      let type = try type()
      return try add(.list(type: type, try expressions()))
    }
    if take("il") { return try add(.list(type: nil, try expressions())) }
    if take("dt") { return try memberAccess(".") }
    if take("pt") { return try memberAccess("->") }
    if take("ds") {
      let object = try expression()
      return try add(.binary(object, ".*", try expression()))
    }
    for (letters, start) in Self.typeOperators where take(letters) {
      return try add(.enclosed("\(start)(", try type(), ")"))
    }
    for (letters, start) in Self.expressionOperators where take(letters) {
      return try add(.enclosed("\(start)(", try expression(), ")"))
    }
    if take("sZ") {
      guard peek() == UInt8(ascii: "T") else { return try add(.enclosed("sizeof...(", try functionParameter(), ")")) }
      let parameter = try templateParameter()
      if case .parameter(_, _, let meaning) = nodes[parameter], case .parameterPack(let elements) = nodes[meaning] {
        return try text(String(elements.count))
      }
      return try add(.enclosed("sizeof...(", parameter, ")"))
    }
    if take("sp") { return try add(.expansion(try expression())) }
    if take("tw") { return try add(.unary("throw ", try expression())) }
    if take("tr") { return try text("throw") }
    if take("nw") || take("na") { return try newExpression(isGlobal: isGlobal) }
    if take("dl") { return try add(.delete(isGlobal ? "::delete " : "delete ", try expression())) }
    if take("da") { return try add(.delete(isGlobal ? "::delete[] " : "delete[] ", try expression())) }
    for (letters, isLeft, hasStart) in Self.folds where take(letters) {
      guard let symbol = ItaniumOperator.named(peek(), peek(1)) else { throw Malformed() }
      position += 2
      let first = try expression()
      let second = hasStart ? try expression() : nil
      let operation = String(symbol.text.dropFirst("operator".utf8.count))
      // A binary fold names its operands as they are written: the start comes first in a left fold.
      let (pack, start) = isLeft && hasStart ? (second ?? first, first) : (first, second)
      return try add(.fold(left: isLeft, operation: operation, pack: pack, start: start))
    }
    if isNext("sr") || isNext("on") || isNext("dn") { return try unresolvedName() }
    if isGlobal { return try add(.prefixed("::", try unresolvedName())) }
    return nil
  }

  private static let namedCasts: [(StaticString, String)] = [
    ("dc", "dynamic_cast"), ("sc", "static_cast"), ("cc", "const_cast"), ("rc", "reinterpret_cast"),
  ]
  private static let typeOperators: [(StaticString, String)] = [
    ("ti", "typeid "), ("st", "sizeof "), ("at", "alignof "),
  ]
  private static let expressionOperators: [(StaticString, String)] = [
    ("te", "typeid "), ("sz", "sizeof "), ("az", "alignof "), ("nx", "noexcept "),
  ]
  private static let folds: [(StaticString, left: Bool, start: Bool)] = [
    ("fl", true, false), ("fr", false, false), ("fL", true, true), ("fR", false, true),
  ]

  private mutating func expressions() throws(Malformed) -> [ID] {
    try items(until: "E") { parser throws(Malformed) in try parser.expression() }
  }

  private mutating func memberAccess(_ symbol: String) throws(Malformed) -> ID {
    let object = try expression()
    return try add(.member(object, symbol, try unresolvedName()))
  }

  /// Placement `_` type, then `E` or `pi` initialiser.
  private mutating func newExpression(isGlobal: Bool) throws(Malformed) -> ID {
    let isArray = bytes[position - 1] == UInt8(ascii: "a")
    let placement = try items(until: "_") { parser throws(Malformed) in try parser.expression() }
    let type = try type()
    var initializer: [ID]?
    if take("pi") { initializer = try expressions() } else { try expect("E") }
    return try add(
      .new(global: isGlobal, isArray: isArray, placement: placement, type: type, initializer: initializer))
  }

  /// `fp` qualifiers number `_`, `fL` level `p` qualifiers number `_`, `fpT`.
  private mutating func functionParameter() throws(Malformed) -> ID {
    if take("fpT") { return try text("this") }
    if take("fL") {
      _ = try number()
      try expect("p")
    } else {
      try expect("fp")
    }
    _ = qualifiers()
    return try text("{parm#\(try sequenceNumber() + 1)}")
  }

  /// A name that could not be looked up before its template had arguments.
  private mutating func unresolvedName() throws(Malformed) -> ID {
    if take("sr") {
      // What follows is a type, or names up to `E`.
      if peek() >= UInt8(ascii: "0"), peek() <= UInt8(ascii: "9") {
        var scope = try simpleName()
        while !take("E") { scope = try add(.nested(scope: scope, name: try simpleName())) }
        return try add(.nested(scope: scope, name: try baseUnresolvedName()))
      }
      let scope = try unresolvedType()
      return try add(.nested(scope: scope, name: try baseUnresolvedName()))
    }
    return try baseUnresolvedName()
  }

  private mutating func unresolvedType() throws(Malformed) -> ID {
    var result: ID
    if peek() == UInt8(ascii: "T") {
      result = try templateParameter()
      substitutions.append(result)
    } else if peek() == UInt8(ascii: "D") {
      result = try decltype()
      substitutions.append(result)
    } else {
      return try type()
    }
    if peek() == UInt8(ascii: "I") {
      result = try add(.template(name: result, arguments: try templateArguments(areParameters: false)))
      substitutions.append(result)
    }
    return result
  }

  private mutating func simpleName() throws(Malformed) -> ID { try withArguments(try sourceName()) }

  private mutating func withArguments(_ name: ID) throws(Malformed) -> ID {
    guard peek() == UInt8(ascii: "I") else { return name }
    return try add(.template(name: name, arguments: try templateArguments(areParameters: false)))
  }

  private mutating func baseUnresolvedName() throws(Malformed) -> ID {
    if take("dn") {
      let name = peek() >= UInt8(ascii: "0") && peek() <= UInt8(ascii: "9") ? try simpleName() : try unresolvedType()
      return try add(.prefixed("~", name))
    }
    var facts = NameFacts()
    _ = take("on")
    return try withArguments(try unqualifiedName(&facts))
  }

  /// `L` type value `E`, `L_Z` encoding `E`.
  mutating func literal() throws(Malformed) -> ID {
    try expect("L")
    if take("_Z") {
      let value = try encoding()
      try expect("E")
      return value
    }
    if take("b0E") { return try text("false") }
    if take("b1E") { return try text("true") }
    let suffix = ItaniumOperator.literalSuffix(peek())
    let type = try type()
    if take("E") { return try add(.literal(type: type, suffix: nil, digits: "")) }
    let isNegative = take("n")
    let start = position
    while !isAtEnd, peek() != UInt8(ascii: "E") { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    try expect("E")
    return try add(.literal(type: type, suffix: suffix, digits: (isNegative ? "-" : "") + digits))
  }
}
