extension ItaniumParser {
  /// What a name tells about the function type that follows it.
  struct NameFacts {
    var endsWithTemplateArguments = false
    /// Whether `T_` in what follows means the arguments in this name: so it is in the name of a function.
    var givesParameters = false
    /// Constructors, destructors and conversions have no result in their names.
    var hasNoResult = false
    var qualifiers: [String] = []
  }

  /// `_Z` encoding, then perhaps `.` and what a compiler appended to a copy of the function.
  mutating func mangledName() throws(Malformed) -> ID {
    var result = try encoding()
    if peek() == UInt8(ascii: ".") {
      // `.isra.0.cold` is two suffixes: each starts with a letter and may go on with numbers.
      while peek() == UInt8(ascii: ".") {
        let start = position
        position += 1
        while !isAtEnd, peek() != UInt8(ascii: ".") { position += 1 }
        while peek() == UInt8(ascii: "."), peek(1) >= UInt8(ascii: "0"), peek(1) <= UInt8(ascii: "9") {
          position += 1
          while peek() >= UInt8(ascii: "0"), peek() <= UInt8(ascii: "9") { position += 1 }
        }
        result = try add(.clone(result, suffix: String(decoding: bytes[start..<position], as: UTF8.self)))
      }
    }
    guard isAtEnd else { throw Malformed() }
    return result
  }

  /// A function with its type, an object, or something that the compiler made.
  mutating func encoding(isNested: Bool = false) throws(Malformed) -> ID {
    try nesting { parser throws(Malformed) in try parser.encodingHere(isNested: isNested) }
  }

  private mutating func encodingHere(isNested: Bool) throws(Malformed) -> ID {
    if peek() == UInt8(ascii: "G") || peek() == UInt8(ascii: "T") { return try specialName() }
    let outer = (templateParameters, isInLambda)
    defer { (templateParameters, isInLambda) = outer }
    isInLambda = false
    let firstForward = forwardReferences.count
    var facts = NameFacts(givesParameters: true)
    let name = try name(&facts)
    for index in firstForward..<max(firstForward, forwardReferences.count) {
      let wanted = forwardReferences[index].index
      guard let arguments = templateParameters.first, wanted < arguments.count else { throw Malformed() }
      forwardReferences[index].argument = try parameter(standingFor: arguments[wanted])
    }
    if isAtEnd || peek() == UInt8(ascii: "E") || peek() == UInt8(ascii: ".") { return name }
    var result: ID?
    if facts.endsWithTemplateArguments, !facts.hasNoResult { result = try type() }
    var parameters: [ID] = []
    if !take("v") {
      repeat {
        parameters.append(try type())
      } while !isAtEnd && peek() != UInt8(ascii: "E") && peek() != UInt8(ascii: ".")
    }
    // Inside of another name the result says nothing that tells functions apart.
    return try add(
      .function(
        name: name, result: isNested ? nil : result, parameters: parameters, qualifiers: facts.qualifiers))
  }

  mutating func name(_ facts: inout NameFacts) throws(Malformed) -> ID {
    if peek() == UInt8(ascii: "N") { return try nestedName(&facts) }
    if peek() == UInt8(ascii: "Z") { return try localName(&facts) }
    var name: ID
    if peek() == UInt8(ascii: "S"), peek(1) != UInt8(ascii: "t") {
      name = try substitution()
      guard peek() == UInt8(ascii: "I") else { throw Malformed() }
    } else {
      if take("St") {
        let scope = try text("std")
        name = try add(.nested(scope: scope, name: try unqualifiedName(&facts)))
      } else {
        name = try unqualifiedName(&facts)
      }
      guard peek() == UInt8(ascii: "I") else { return name }
      substitutions.append(name)
    }
    let arguments = try templateArguments(areParameters: facts.givesParameters)
    facts.endsWithTemplateArguments = true
    name = try add(.template(name: name, arguments: arguments))
    return name
  }

  /// `N` qualifiers prefix… name `E`.
  private mutating func nestedName(_ facts: inout NameFacts) throws(Malformed) -> ID {
    try expect("N")
    if take("H") { facts.qualifiers = [] }
    facts.qualifiers = qualifiers()
    if take("R") { facts.qualifiers.append("&") } else if take("O") { facts.qualifiers.append("&&") }
    var current: ID?
    while !take("E") {
      _ = take("L")
      switch (peek(), current) {
      case (UInt8(ascii: "T"), nil):
        current = try templateParameter()
      case (UInt8(ascii: "I"), let prefix?):
        let arguments = try templateArguments(areParameters: facts.givesParameters)
        current = try add(.template(name: prefix, arguments: arguments))
        facts.endsWithTemplateArguments = true
        substitutions.append(current ?? prefix)
        continue
      case (UInt8(ascii: "D"), nil) where peek(1) == UInt8(ascii: "t") || peek(1) == UInt8(ascii: "T"):
        current = try decltype()
      case (UInt8(ascii: "S"), nil) where peek(1) == UInt8(ascii: "t"):
        position += 2
        current = try text("std")
        continue
      case (UInt8(ascii: "S"), nil):
        current = try substitution()
        continue
      case (UInt8(ascii: "M"), .some):
        // What follows was declared in the initialiser of this member.
        position += 1
        continue
      case (let byte, let scope?) where byte == UInt8(ascii: "C") || (byte == UInt8(ascii: "D") && isDestructor):
        let name = try constructorOrDestructor(of: scope)
        current = try add(.nested(scope: fullName(scope), name: name))
        facts.hasNoResult = true
        facts.endsWithTemplateArguments = false
      default:
        facts.endsWithTemplateArguments = false
        facts.hasNoResult = false
        let name = try unqualifiedName(&facts)
        if let scope = current { current = try add(.nested(scope: scope, name: name)) } else { current = name }
      }
      if let current { substitutions.append(current) }
    }
    guard let current, !substitutions.isEmpty else { throw Malformed() }
    // The whole name is no prefix of itself. A lone substitution was not added again.
    if substitutions.last == current { substitutions.removeLast() }
    return current
  }

  private var isDestructor: Bool { peek(1) >= UInt8(ascii: "0") && peek(1) <= UInt8(ascii: "9") }

  /// An abbreviation is written out in front of its constructor.
  private mutating func fullName(_ scope: ID) throws(Malformed) -> ID {
    if case .abbreviation(_, _, let full) = nodes[scope] { return try text(full) }
    return scope
  }

  /// `C1`…, `CI1` type, `D0`….
  private mutating func constructorOrDestructor(of scope: ID) throws(Malformed) -> ID {
    let isConstructor = peek() == UInt8(ascii: "C")
    position += 1
    if isConstructor, take("I") {
      position += 1
      _ = try type()
    } else {
      guard peek() >= UInt8(ascii: "0"), peek() <= UInt8(ascii: "9") else { throw Malformed() }
      position += 1
    }
    return try tags(on: try add(isConstructor ? .constructor(of: scope) : .destructor(of: scope)))
  }

  /// `Z` function `E` entity, `Z` function `Es`, `Z` function `Ed` number `_` entity.
  private mutating func localName(_ facts: inout NameFacts) throws(Malformed) -> ID {
    try expect("Z")
    let function = try encoding(isNested: true)
    try expect("E")
    if take("s") {
      skipDiscriminator()
      return try add(.local(function: function, entity: try text("string literal")))
    }
    if take("d") {
      let number = try sequenceNumber() + 1
      let entity = try name(&facts)
      let argument = try text("{default arg#\(number)}")
      return try add(.local(function: function, entity: try add(.local(function: argument, entity: entity))))
    }
    let entity = try name(&facts)
    skipDiscriminator()
    return try add(.local(function: function, entity: entity))
  }

  /// `_` digit, or `__` number `_`: which of several entities of that name; nobody reads it.
  private mutating func skipDiscriminator() {
    guard peek() == UInt8(ascii: "_") else { return }
    func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    if isDigit(peek(1)) {
      position += 2
    } else if peek(1) == UInt8(ascii: "_") {
      var end = position + 2
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      if end < bytes.count, bytes[end] == UInt8(ascii: "_") { position = end + 1 }
    }
  }

  mutating func unqualifiedName(_ facts: inout NameFacts) throws(Malformed) -> ID {
    _ = take("L")
    let name: ID
    switch peek() {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): name = try sourceName()
    case UInt8(ascii: "U"): name = try unnamedType()
    case UInt8(ascii: "D") where peek(1) == UInt8(ascii: "C"):
      position += 2
      name = try add(.structuredBinding(try items(until: "E") { parser throws(Malformed) in try parser.sourceName() }))
    default: name = try operatorName(&facts)
    }
    return try tags(on: name)
  }

  /// Length and letters.
  mutating func sourceName() throws(Malformed) -> ID {
    let length = try number()
    guard length > 0, bytes.count - position >= length else { throw Malformed() }
    let name = String(decoding: bytes[position..<position + length], as: UTF8.self)
    position += length
    return try text(name.hasPrefix("_GLOBAL__N") ? "(anonymous namespace)" : name)
  }

  /// `B` name: the tag of another version of the library.
  private mutating func tags(on name: ID) throws(Malformed) -> ID {
    var name = name
    while take("B") {
      let length = try number()
      guard bytes.count - position >= length else { throw Malformed() }
      let tag = String(decoding: bytes[position..<position + length], as: UTF8.self)
      position += length
      name = try add(.tagged(name, tag: tag))
    }
    return name
  }

  /// `Ut` number, or `Ul` parameters `E` number.
  private mutating func unnamedType() throws(Malformed) -> ID {
    if take("Ut") { return try text("{unnamed type#\(try sequenceNumber() + 1)}") }
    try expect("Ul")
    let outer = isInLambda
    defer { isInLambda = outer }
    isInLambda = true
    let parameters: [ID] =
      take("vE") ? [] : try items(until: "E") { parser throws(Malformed) in try parser.type() }
    return try add(.lambda(parameters: parameters, number: try sequenceNumber() + 1))
  }

  /// The letters of an operator, `cv` type, `li` name, or `v` digit name.
  private mutating func operatorName(_ facts: inout NameFacts) throws(Malformed) -> ID {
    if take("cv") {
      let outer = (permitsForwardReferences, takesTemplateArguments)
      defer { (permitsForwardReferences, takesTemplateArguments) = outer }
      // The type may name arguments that only follow the operator.
      (permitsForwardReferences, takesTemplateArguments) = (true, false)
      facts.hasNoResult = true
      return try add(.conversion(to: try type()))
    }
    if take("li") { return try add(.prefixed("operator\"\" ", try sourceName())) }
    if peek() == UInt8(ascii: "v"), peek(1) >= UInt8(ascii: "0"), peek(1) <= UInt8(ascii: "9") {
      position += 2
      return try add(.prefixed("operator ", try sourceName()))
    }
    guard let symbol = ItaniumOperator.named(peek(), peek(1)) else { throw Malformed() }
    position += 2
    return try add(.operatorName(symbol.text))
  }

  // MARK: Things that the compiler made

  private mutating func specialName() throws(Malformed) -> ID {
    if take("TC") {
      let whole = try type()
      _ = try number()
      try expect("_")
      return try add(.constructionTable(of: try type(), within: whole))
    }
    if take("Tc") {
      try callOffset()
      try callOffset()
      return try add(.special("covariant return thunk to ", try encoding()))
    }
    if peek() == UInt8(ascii: "T"), peek(1) == UInt8(ascii: "h") || peek(1) == UInt8(ascii: "v") {
      let isVirtual = peek(1) == UInt8(ascii: "v")
      position += 1
      try callOffset()
      return try add(.special(isVirtual ? "virtual thunk to " : "non-virtual thunk to ", try encoding()))
    }
    if take("GR") {
      var facts = NameFacts()
      let name = try name(&facts)
      let number = isAtEnd ? 0 : try sequenceNumber()
      return try add(.special("reference temporary #\(number) for ", name))
    }
    if take("GTt") || take("GTn") {
      let isTransactional = bytes[position - 1] == UInt8(ascii: "t")
      return try add(
        .special(isTransactional ? "transaction clone for " : "non-transaction clone for ", try encoding()))
    }
    if take("TA") { return try add(.special("template parameter object for ", try templateArgument())) }
    for (letters, text, takesType) in Self.specialNames where take(letters) {
      if takesType { return try add(.special(text, try type())) }
      var facts = NameFacts()
      return try add(.special(text, try name(&facts)))
    }
    throw Malformed()
  }

  private static let specialNames: [(letters: StaticString, text: String, takesType: Bool)] = [
    ("TV", "vtable for ", true), ("TT", "VTT for ", true), ("TI", "typeinfo for ", true),
    ("TS", "typeinfo name for ", true), ("TW", "TLS wrapper function for ", false),
    ("TH", "TLS init function for ", false), ("GV", "guard variable for ", false),
  ]

  /// `h` number `_`, or `v` number `_` number `_`.
  private mutating func callOffset() throws(Malformed) {
    let isVirtual = take("v")
    if !isVirtual { try expect("h") }
    for _ in 0..<(isVirtual ? 2 : 1) {
      _ = take("n")
      _ = try number()
      try expect("_")
    }
  }
}
