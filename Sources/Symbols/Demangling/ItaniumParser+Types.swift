extension ItaniumParser {
  /// `r`, `V`, `K` in this order; printed the other way round.
  mutating func qualifiers() -> [String] {
    let isRestricted = take("r")
    let isVolatile = take("V")
    let isConstant = take("K")
    return (isConstant ? ["const"] : []) + (isVolatile ? ["volatile"] : []) + (isRestricted ? ["__restrict"] : [])
  }

  mutating func type() throws(Malformed) -> ID {
    try nesting { parser throws(Malformed) in try parser.typeHere() }
  }

  private mutating func typeHere() throws(Malformed) -> ID {
    if let name = ItaniumOperator.builtinType(peek()) {
      position += 1
      return try text(name)
    }
    let result: ID
    switch peek() {
    case UInt8(ascii: "r"), UInt8(ascii: "V"), UInt8(ascii: "K"):
      if isFunctionTypeBehindQualifiers {
        result = try functionType()
      } else {
        let qualifiers = qualifiers()
        result = try add(.qualified(try type(), qualifiers))
      }
    case UInt8(ascii: "F"): result = try functionType()
    case UInt8(ascii: "P"): result = try pointer("*")
    case UInt8(ascii: "R"): result = try pointer("&")
    case UInt8(ascii: "O"): result = try pointer("&&")
    case UInt8(ascii: "C"): result = try suffixed(" _Complex")
    case UInt8(ascii: "G"): result = try suffixed(" _Imaginary")
    case UInt8(ascii: "U"):
      position += 1
      let name = try sourceName()
      var arguments: [ID] = []
      if peek() == UInt8(ascii: "I") { arguments = try templateArguments(areParameters: false) }
      let qualifier = arguments.isEmpty ? name : try add(.template(name: name, arguments: arguments))
      result = try add(.member(try type(), " ", qualifier))
    case UInt8(ascii: "u"):
      position += 1
      let name = try sourceName()
      result =
        peek() == UInt8(ascii: "I")
        ? try add(.template(name: name, arguments: try templateArguments(areParameters: false))) : name
    case UInt8(ascii: "A"): result = try arrayType()
    case UInt8(ascii: "M"):
      position += 1
      let scope = try type()
      result = try add(.memberPointer(scope: scope, member: try type()))
    case UInt8(ascii: "T"):
      if let kind = Self.elaborations[peek(1)] {
        position += 2
        var facts = NameFacts()
        result = try add(.prefixed(kind, try name(&facts)))
        break
      }
      let parameter = try templateParameter()
      guard peek() == UInt8(ascii: "I"), takesTemplateArguments else {
        result = parameter
        break
      }
      substitutions.append(parameter)
      result = try add(.template(name: parameter, arguments: try templateArguments(areParameters: false)))
    case UInt8(ascii: "S") where peek(1) != UInt8(ascii: "t"):
      let known = try substitution()
      guard peek() == UInt8(ascii: "I"), takesTemplateArguments else { return known }
      result = try add(.template(name: known, arguments: try templateArguments(areParameters: false)))
    case UInt8(ascii: "D"):
      guard let (id, isSubstitutable) = try extendedType() else { fallthrough }
      if !isSubstitutable { return id }
      result = id
    default:
      var facts = NameFacts()
      result = try name(&facts)
    }
    substitutions.append(result)
    return result
  }

  private static let elaborations: [UInt8: String] = [
    UInt8(ascii: "s"): "struct ", UInt8(ascii: "u"): "union ", UInt8(ascii: "e"): "enum ",
  ]

  private var isFunctionTypeBehindQualifiers: Bool {
    var distance = 0
    while [UInt8(ascii: "r"), UInt8(ascii: "V"), UInt8(ascii: "K")].contains(peek(distance)) { distance += 1 }
    if peek(distance) == UInt8(ascii: "F") { return true }
    return peek(distance) == UInt8(ascii: "D") && "oOwx".utf8.contains(peek(distance + 1))
  }

  private mutating func pointer(_ symbol: String) throws(Malformed) -> ID {
    position += 1
    return try add(.pointer(try type(), symbol: symbol))
  }

  private mutating func suffixed(_ text: String) throws(Malformed) -> ID {
    position += 1
    return try add(.suffixed(try type(), text))
  }

  /// Types that start with `D`; nil for a name, and whether later parts can refer to it.
  private mutating func extendedType() throws(Malformed) -> (ID, isSubstitutable: Bool)? {
    if let name = ItaniumOperator.extendedBuiltinType(peek(1)) {
      position += 2
      return (try text(name), false)
    }
    switch peek(1) {
    case UInt8(ascii: "t"), UInt8(ascii: "T"): return (try decltype(), true)
    case UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "w"), UInt8(ascii: "x"): return (try functionType(), true)
    case UInt8(ascii: "p"):
      position += 2
      return (try add(.expansion(try type())), true)
    case UInt8(ascii: "v"):
      position += 2
      let count: ID
      if take("_") {
        count = try expression()
      } else {
        count = try text(String(try number()))
      }
      try expect("_")
      return (try add(.vector(of: try type(), count: count)), true)
    case UInt8(ascii: "F"):
      position += 2
      let bits = try number()
      if take("b") { return (try text("std::bfloat\(bits)_t"), false) }
      let isExtended = take("x")
      if !isExtended { try expect("_") }
      return (try text("_Float\(bits)\(isExtended ? "x" : "")"), false)
    case UInt8(ascii: "B"), UInt8(ascii: "U"):
      let kind = peek(1) == UInt8(ascii: "B") ? "signed" : "unsigned"
      position += 2
      let bits = try number()
      try expect("_")
      return (try text("\(kind) _BitInt(\(bits))"), true)
    default: return nil
    }
  }

  /// Qualifiers, an exception specification, then `F` result parameters `E`.
  private mutating func functionType() throws(Malformed) -> ID {
    var trailing = qualifiers()
    var exceptions: [ItaniumNode.ID] = []
    var hasThrow = false
    if take("Do") {
      trailing.append("noexcept")
    } else if take("DO") {
      exceptions = [try expression()]
      try expect("E")
    } else if take("Dw") {
      hasThrow = true
      exceptions = try items(until: "E") { parser throws(Malformed) in try parser.type() }
    }
    if take("Dx") { trailing.append("transaction_safe") }
    try expect("F")
    _ = take("Y")
    let result = try type()
    var parameters: [ID] = []
    while true {
      if take("v") { continue }
      if take("RE") {
        trailing.append("&")
        break
      }
      if take("OE") {
        trailing.append("&&")
        break
      }
      if take("E") { break }
      parameters.append(try type())
    }
    let function = try add(.function(name: nil, result: result, parameters: parameters, qualifiers: trailing))
    guard let first = exceptions.first else { return function }
    if hasThrow { return try add(.suffixed(function, " throw")) }
    return try add(.member(function, " noexcept", try add(.enclosed("(", first, ")"))))
  }

  /// `A` count `_` type, `A` expression `_` type, `A_` type.
  private mutating func arrayType() throws(Malformed) -> ID {
    try expect("A")
    var count: ID?
    if peek() >= UInt8(ascii: "0"), peek() <= UInt8(ascii: "9") {
      count = try text(String(try number()))
    } else if peek() != UInt8(ascii: "_") {
      count = try expression()
    }
    try expect("_")
    return try add(.array(of: try type(), count: count))
  }

  /// `Dt` expression `E`, `DT` expression `E`.
  mutating func decltype() throws(Malformed) -> ID {
    guard take("Dt") || take("DT") else { throw Malformed() }
    let operand = try expression()
    try expect("E")
    return try add(.decltype(operand))
  }

  // MARK: References to earlier parts

  /// `S_`, `S` number in base 36 `_`, or the letter of an abbreviation.
  mutating func substitution() throws(Malformed) -> ID {
    try expect("S")
    if let known = ItaniumOperator.abbreviation(peek()) {
      position += 1
      let id = try add(known)
      guard peek() == UInt8(ascii: "B") else { return id }
      var facts = id
      while take("B") {
        let length = try number()
        guard bytes.count - position >= length else { throw Malformed() }
        facts = try add(.tagged(facts, tag: String(decoding: bytes[position..<position + length], as: UTF8.self)))
        position += length
      }
      substitutions.append(facts)
      return facts
    }
    var index = 0
    if !take("_") {
      while !take("_") {
        guard let digit = Self.base36Digit(peek()), index < 1 << 20 else { throw Malformed() }
        index = index * 36 + digit
        position += 1
      }
      index += 1
    }
    guard index < substitutions.count else { throw Malformed() }
    return try rebound(substitutions[index])
  }

  private static func base36Digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// `T_`, `T` number `_`, `TL` level `_` number `_`.
  mutating func templateParameter() throws(Malformed) -> ID {
    try expect("T")
    var level = 0
    if take("L") { level = try sequenceNumber() + 1 }
    let index = try sequenceNumber()
    if permitsForwardReferences, level == 0 {
      forwardReferences.append((index, nil))
      return try add(.forward(forwardReferences.count - 1))
    }
    if let parameter = try parameter(level: level, index: index) { return parameter }
    throw Malformed()
  }

  /// What a parameter means for the argument that it stands for.
  mutating func parameter(standingFor argument: ID) throws(Malformed) -> ID {
    guard case .pack(let elements) = nodes[argument] else { return argument }
    return try add(.parameterPack(elements))
  }

  /// `I` argument… `E`.
  ///
  /// - Parameter areParameters: whether they become what `T_` refers to: those of the function's name do.
  mutating func templateArguments(areParameters: Bool) throws(Malformed) -> [ID] {
    try nesting { parser throws(Malformed) in
      try parser.expect("I")
      var arguments: [ID] = []
      let outer = parser.templateParameters
      let takesArguments = parser.takesTemplateArguments
      parser.takesTemplateArguments = true
      defer { parser.takesTemplateArguments = takesArguments }
      if !areParameters {
        arguments = try parser.items(until: "E") { parser throws(Malformed) in try parser.templateArgument() }
        return arguments
      }
      while !parser.take("E") {
        arguments.append(try parser.templateArgument())
        parser.templateParameters = outer
      }
      parser.templateParameters = [arguments]
      return arguments
    }
  }

  /// A type, `X` expression `E`, a literal, or `J` argument… `E`.
  mutating func templateArgument() throws(Malformed) -> ID {
    switch peek() {
    case UInt8(ascii: "X"):
      position += 1
      let value = try expression()
      try expect("E")
      return value
    case UInt8(ascii: "J"):
      position += 1
      return try add(.pack(try items(until: "E") { parser throws(Malformed) in try parser.templateArgument() }))
    case UInt8(ascii: "L"):
      if take("LZ") {
        let value = try encoding()
        try expect("E")
        return value
      }
      return try literal()
    default: return try type()
    }
  }
}
