import Diagnostics

/// The C section: `struct`, `union`, `enum` and `typedef` before the probes.
extension Parser {
  /// What a declaration says before its declarators.
  private struct Specifiers {
    var type: CType
    var isTypeAlias = false
    var attributes = Attributes()
  }

  private struct Attributes {
    var isPacked = false
    var alignment: Int?

    mutating func merge(_ other: Attributes) {
      isPacked = isPacked || other.isPacked
      alignment = other.alignment ?? alignment
    }
  }

  /// A name and what the `*`, `[]` and `()` around it make of the type, from the name outwards.
  private struct Declarator {
    enum Step {
      case pointer
      case array(UInt64?)
      case function
    }

    var name: Name?
    var steps: [Step] = []
  }

  /// One declaration up to its `;`, which may be missing behind the `}` that ends a type.
  mutating func parseCDeclaration() throws(Failure) {
    let start = cursor.token.span
    let specifiers = try parseSpecifiers()
    if cursor.take(.semicolon) || !specifiers.isTypeAlias && specifiers.type.isDefinition && isAtProbeBehindType {
      switch specifiers.type {
      case .structure(let structure): script.declarations.append(.structure(structure))
      case .enumeration(let enumeration): script.declarations.append(.enumeration(enumeration))
      case .tagged(let tag, let name) where tag != .enumeration:
        script.declarations.append(
          .structure(
            CStructure(
              kind: tag, tag: Name(name, at: span(from: start)), fields: nil, isPacked: false, span: span(from: start)))
        )
      default: break
      }
      return
    }
    guard specifiers.isTypeAlias else {
      if case .word(let name) = cursor.token.kind { throw fail(.storageInCSection(name, at: cursor.token.span)) }
      throw unexpected(expected: "';'", hints: ["a declaration in the C section ends with ;"])
    }
    repeat {
      let declarator = try parseDeclarator(of: specifiers.type)
      guard let name = declarator.name else { throw unexpected(expected: "a name for the type") }
      _ = try parseAttributes()
      script.declarations.append(.typeAlias(name: name, type: declarator.type, span: span(from: start)))
    } while cursor.take(.comma)
    try expect(.semicolon)
  }

  /// Whether what comes next begins a probe, and does not give the type before it to a variable or a function.
  private var isAtProbeBehindType: Bool {
    guard case .word = cursor.token.kind, case .symbol(let next) = cursor.peek().kind else { return false }
    return ![.semicolon, .comma, .assign, .leftBracket, .leftParenthesis].contains(next)
  }

  // MARK: Specifiers

  private mutating func parseSpecifiers() throws(Failure) -> Specifiers {
    try enter()
    defer { leave() }
    let start = cursor.token.span
    var words: [String] = []
    var type: CType?
    var isTypeAlias = false
    var attributes = Attributes()
    scan: while case .word(let word) = cursor.token.kind {
      switch word {
      case "typedef":
        isTypeAlias = true
        cursor.advance()
      case "__attribute__", "__attribute":
        attributes.merge(try parseAttributes())
      case "static", "extern", "inline", "register", "auto":
        throw fail(.storageInCSection(word, at: cursor.token.span))
      case "struct", "union", "enum":
        guard type == nil, words.isEmpty else { break scan }
        type = try parseTagged(word)
      case _ where Vocabulary.qualifiers.contains(word):
        cursor.advance()
      case _ where Self.isCTypeWord(word):
        guard type == nil else { break scan }
        words.append(word)
        cursor.advance()
      default:
        // Behind a type, a word is the declarator's name.
        guard type == nil, words.isEmpty else { break scan }
        type = .named(word)
        cursor.advance()
      }
    }
    if let type { return Specifiers(type: type, isTypeAlias: isTypeAlias, attributes: attributes) }
    guard !words.isEmpty else { throw fail(.notACType(cursor.token)) }
    guard let type = CType(words: words) else {
      throw fail(.notACType(words, at: span(from: start)))
    }
    return Specifiers(type: type, isTypeAlias: isTypeAlias, attributes: attributes)
  }

  private static func isCTypeWord(_ word: String) -> Bool {
    Vocabulary.cTypeWords.contains(word) || ["void", "_Bool", "bool", "__signed__"].contains(word)
  }

  private mutating func parseTagged(_ keyword: String) throws(Failure) -> CType {
    let start = cursor.token.span
    cursor.advance()
    var attributes = try parseAttributes()
    var tag: Name?
    if case .word(let word) = cursor.token.kind {
      tag = Name(word, at: cursor.token.span)
      cursor.advance()
    }
    guard cursor.isAt(.leftBrace) else {
      guard let tag else { throw unexpected(expected: "a name or '{'") }
      return .tagged(CTag(rawValue: keyword) ?? .structure, tag.text)
    }
    if keyword == "enum" {
      let constants = try parseEnumConstants()
      _ = try parseAttributes()
      return .enumeration(CEnumeration(tag: tag, constants: constants, span: span(from: start)))
    }
    let fields = try parseFields()
    attributes.merge(try parseAttributes())
    return .structure(
      CStructure(
        kind: keyword == "union" ? .union : .structure, tag: tag, fields: fields, isPacked: attributes.isPacked,
        alignment: attributes.alignment, span: span(from: start)))
  }

  private mutating func parseEnumConstants() throws(Failure) -> [CEnumeration.Constant] {
    let open = try expect(.leftBrace)
    var constants: [CEnumeration.Constant] = []
    var next: Int64 = 0
    while !cursor.take(.rightBrace) {
      if cursor.token.kind == .endOfFile { throw fail(.unclosedBrace(before: cursor.token, opened: open)) }
      let name = try expectName("a constant's name")
      if cursor.take(.assign) { next = Int64(bitPattern: try parseConstant()) }
      constants.append(CEnumeration.Constant(name: name, value: next))
      cursor.define(name.text, as: UInt64(bitPattern: next))
      next &+= 1
      if !cursor.isAt(.rightBrace) { try expect(.comma) }
    }
    return constants
  }

  private mutating func parseFields() throws(Failure) -> [CField] {
    let open = try expect(.leftBrace)
    var fields: [CField] = []
    while !cursor.take(.rightBrace) {
      if cursor.take(.semicolon) { continue }
      if cursor.token.kind == .endOfFile { throw fail(.unclosedBrace(before: cursor.token, opened: open)) }
      let start = cursor.token.span
      let specifiers = try parseSpecifiers()
      if specifiers.isTypeAlias { throw fail(.storageInCSection("typedef", at: start)) }
      if cursor.take(.semicolon) {
        // An anonymous struct or union; its fields count as those of the one around it.
        fields.append(
          CField(name: nil, type: specifiers.type, alignment: specifiers.attributes.alignment, span: span(from: start)))
        continue
      }
      repeat {
        let declarator =
          cursor.isAt(.colon) ? (name: nil, type: specifiers.type) : try parseDeclarator(of: specifiers.type)
        let bitWidth = cursor.take(.colon) ? Int(clamping: try parseConstant()) : nil
        var attributes = specifiers.attributes
        attributes.merge(try parseAttributes())
        fields.append(
          CField(
            name: declarator.name, type: declarator.type, bitWidth: bitWidth, alignment: attributes.alignment,
            span: span(from: start)))
      } while cursor.take(.comma)
      try expect(.semicolon, hints: ["a field is written type name;"])
    }
    return fields
  }

  // MARK: Declarators

  private mutating func parseDeclarator(of type: CType) throws(Failure) -> (name: Name?, type: CType) {
    let declarator = try parseDeclarator()
    if declarator.steps.count > Self.deepest {
      throw fail(.nestedTooDeeply(Self.deepest, at: cursor.token.span))
    }
    let declared = declarator.steps.reversed().reduce(type) { type, step in
      switch step {
      case .pointer: .pointer(type)
      case .array(let count): .array(type, count: count)
      case .function: .function
      }
    }
    return (declarator.name, declared)
  }

  private mutating func parseDeclarator() throws(Failure) -> Declarator {
    try enter()
    defer { leave() }
    var pointers: [Declarator.Step] = []
    while true {
      if cursor.take(.star) {
        pointers.append(.pointer)
      } else if case .word(let word) = cursor.token.kind, Vocabulary.qualifiers.contains(word) {
        cursor.advance()
      } else {
        break
      }
    }
    var declarator = Declarator()
    if cursor.take(.leftParenthesis) {
      declarator = try parseDeclarator()
      try expect(.rightParenthesis)
    } else if case .word(let word) = cursor.token.kind, !word.hasPrefix("__attribute") {
      declarator.name = Name(word, at: cursor.token.span)
      cursor.advance()
    }
    while true {
      if cursor.take(.leftParenthesis) {
        try skipParentheses()
        declarator.steps.append(.function)
      } else if cursor.take(.leftBracket) {
        let isFlexible = cursor.isAt(.rightBracket)
        declarator.steps.append(.array(isFlexible ? nil : try parseConstant()))
        try expect(.rightBracket)
      } else {
        break
      }
    }
    declarator.steps += pointers
    return declarator
  }

  /// Goes on behind the `)` that closes a parenthesis already taken.
  private mutating func skipParentheses() throws(Failure) {
    var depth = 1
    while depth > 0 {
      switch cursor.token.kind {
      case .symbol(.leftParenthesis): depth += 1
      case .symbol(.rightParenthesis): depth -= 1
      case .endOfFile: throw unexpected(expected: "')'")
      default: break
      }
      cursor.advance()
    }
  }

  private mutating func parseConstant() throws(Failure) -> UInt64 {
    let start = cursor.token.span
    var reader = ConstantExpression(cursor: cursor)
    let value = reader.value()
    cursor = reader.cursor
    guard let value else { throw fail(.arrayLengthNotConstant(reader.unknownName, at: start)) }
    return value
  }

  /// `__attribute__((…))`, any number of them; what does not change the layout is passed over.
  private mutating func parseAttributes() throws(Failure) -> Attributes {
    var attributes = Attributes()
    while case .word(let word) = cursor.token.kind, word == "__attribute__" || word == "__attribute" {
      cursor.advance()
      try expect(.leftParenthesis)
      try expect(.leftParenthesis)
      while !cursor.take(.rightParenthesis) {
        guard case .word(let name) = cursor.token.kind else { throw unexpected(expected: "an attribute") }
        cursor.advance()
        switch name {
        case "packed", "__packed__": attributes.isPacked = true
        case "aligned", "__aligned__":
          // Without a number it is the largest alignment of the machine: 16 on x86-64 and on arm64.
          attributes.alignment = 16
          if cursor.take(.leftParenthesis) {
            attributes.alignment = Int(clamping: try parseConstant())
            try expect(.rightParenthesis)
          }
        default:
          if cursor.take(.leftParenthesis) { try skipParentheses() }
        }
        if !cursor.isAt(.rightParenthesis) { try expect(.comma) }
      }
      try expect(.rightParenthesis)
    }
    return attributes
  }
}

extension CType {
  /// The type that C's own words mean, in any order; nil when they do not go together.
  ///
  /// Sizes are those of the LP64 model, which 64-bit Linux uses; plain `char` is signed, as clang has it for BPF.
  init?(words: [String]) {
    let counts = Dictionary(words.map { ($0 == "__signed__" ? "signed" : $0, 1) }, uniquingKeysWith: +)
    let name = words.joined(separator: " ")
    let bases = Set(counts.keys).subtracting(["signed", "unsigned", "long", "short"])
    let isUnsigned = counts["unsigned"] != nil
    let isModified = isUnsigned || counts["signed"] != nil || counts["long"] != nil || counts["short"] != nil
    guard !(isUnsigned && counts["signed"] != nil), bases.count <= 1, bases.allSatisfy({ counts[$0] == 1 }) else {
      return nil
    }
    let byteCount: Int
    switch (bases.first, counts["long"] ?? 0, counts["short"] ?? 0) {
    case ("void", _, _) where !isModified:
      self = .void
      return
    case ("_Bool", _, _) where !isModified, ("bool", _, _) where !isModified:
      self = .boolean
      return
    case ("float", _, _) where !isModified:
      self = .floatingPoint(name: name, byteCount: 4)
      return
    case ("double", _, _) where !isModified:
      self = .floatingPoint(name: name, byteCount: 8)
      return
    case ("char", 0, 0): byteCount = 1
    case ("int", 0, 0), (nil, 0, 0): byteCount = 4
    case ("int", 0, 1), (nil, 0, 1): byteCount = 2
    case ("int", 1...2, 0), (nil, 1...2, 0): byteCount = 8
    default: return nil
    }
    self = .integer(name: name, byteCount: byteCount, isSigned: !isUnsigned)
  }
}
