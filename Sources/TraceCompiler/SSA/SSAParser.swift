import Bytecode

/// Why a text is no SSA form.
struct SSASyntaxError: Error, Hashable {
  /// From 1.
  var line: Int
  var fact: String
}

/// Reads what `SSAPrinter` writes.
///
/// Lines that are empty or begin with `#` are skipped.
///
/// Numbers of values and blocks are taken as they are written; blocks must be numbered from 0 in order.
struct SSAParser {
  private var tokens: [Substring] = []
  private var next = 0
  private var line = 0

  static func parseModule(_ text: some StringProtocol) throws(SSASyntaxError) -> SSAModule {
    var parser = SSAParser()
    var module = SSAModule(functions: [])
    var function: SSAFunction?
    for (index, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      parser.begin(Substring(content), line: index + 1)
      guard let word = parser.peek, !word.hasPrefix("#") else { continue }
      if word == "}" {
        guard let finished = function else { throw parser.error("no function to close") }
        parser.next += 1
        module.functions.append(finished)
        function = nil
      } else if word == "func" {
        function = try parser.parseHeader()
      } else {
        guard var open = function else { throw parser.error("outside a function") }
        try parser.parseLine(into: &open)
        function = open
      }
      if parser.peek != nil { throw parser.error("'\(parser.peek ?? "")' is too much") }
    }
    return module
  }

  static func parseFunction(_ text: some StringProtocol) throws(SSASyntaxError) -> SSAFunction {
    guard let function = try parseModule(text).functions.first else {
      throw SSASyntaxError(line: 1, fact: "no function")
    }
    return function
  }

  // MARK: Tokens

  private mutating func begin(_ text: Substring, line: Int) {
    self.line = line
    next = 0
    tokens = []
    var start: Substring.Index?
    for index in text.indices {
      let character = text[index]
      let isSign = "()[]{},=:+".contains(character)
      if isSign || character == " " {
        if let begin = start { tokens.append(text[begin..<index]) }
        start = nil
        if isSign { tokens.append(text[index...index]) }
      } else if start == nil {
        start = index
      }
    }
    if let begin = start { tokens.append(text[begin...]) }
  }

  private var peek: Substring? { next < tokens.count ? tokens[next] : nil }

  private func error(_ fact: String) -> SSASyntaxError { SSASyntaxError(line: line, fact: fact) }

  private mutating func take() throws(SSASyntaxError) -> Substring {
    guard let token = peek else { throw error("the line ends too early") }
    next += 1
    return token
  }

  private mutating func expect(_ sign: String) throws(SSASyntaxError) {
    let token = try take()
    guard token == sign else { throw error("'\(token)' stands where '\(sign)' should") }
  }

  private mutating func accept(_ sign: String) -> Bool {
    guard let token = peek, token == sign else { return false }
    next += 1
    return true
  }

  private mutating func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) throws(SSASyntaxError) -> T {
    let token = try take()
    guard let number = T(token) else { throw error("'\(token)' is no number") }
    return number
  }

  private mutating func number(after letter: Character) throws(SSASyntaxError) -> Int32 {
    let token = try take()
    guard token.first == letter, let number = Int32(token.dropFirst()), number >= 0 else {
      throw error("'\(token)' stands where \(letter)N should")
    }
    return number
  }

  // MARK: Lines

  private mutating func parseHeader() throws(SSASyntaxError) -> SSAFunction {
    try expect("func")
    var function = SSAFunction(name: String(try take()), parameterCount: 0)
    function.blocks = []
    headerParameters = try parseParameters(&function)
    try expect("{")
    return function
  }

  /// What the function's first line named; the entry block takes them over.
  private var headerParameters: [SSAValue] = []

  private mutating func parseParameters(_ function: inout SSAFunction) throws(SSASyntaxError) -> [SSAValue] {
    var parameters: [SSAValue] = []
    try expect("(")
    while !accept(")") {
      parameters.append(try define(in: &function))
      _ = accept(",")
    }
    return parameters
  }

  private mutating func define(in function: inout SSAFunction) throws(SSASyntaxError) -> SSAValue {
    let value = SSAValue(number: try number(after: "v"))
    guard value.number < 1_000_000 else { throw error("\(value) is too high") }
    function.valueCount = max(function.valueCount, value.index + 1)
    return value
  }

  private mutating func parseLine(into function: inout SSAFunction) throws(SSASyntaxError) {
    guard let word = peek else { return }
    if word == "slot" {
      next += 1
      guard Int(try number(after: "s")) == function.frameSlots.count else { throw error("slots are not in order") }
      function.frameSlots.append(FrameSlotLayout(size: try integer()))
    } else if word.first == "b", word.dropFirst().allSatisfy(\.isNumber), word.count > 1 {
      guard Int(try number(after: "b")) == function.blocks.count else { throw error("blocks are not in order") }
      var block = SSABlock(parameters: function.blocks.isEmpty ? headerParameters : [])
      if peek == "(" { block.parameters += try parseParameters(&function) }
      try expect(":")
      function.blocks.append(block)
    } else {
      guard !function.blocks.isEmpty else { throw error("outside a block") }
      let last = function.blocks.count - 1
      if let terminator = try parseTerminator() {
        function.blocks[last].terminator = terminator
        return
      }
      var result: SSAValue?
      if word.first == "v", tokens.count > 1, tokens[1] == "=" {
        result = try define(in: &function)
        try expect("=")
      }
      let operation = try parseOperation()
      function.blocks[last].instructions.append(SSAInstruction(result: result, operation: operation))
    }
  }

  private mutating func parseTerminator() throws(SSASyntaxError) -> SSATerminator? {
    switch peek {
    case "jump":
      next += 1
      return .jump(try parseEdge())
    case "maygoto":
      next += 1
      let edge = try parseEdge()
      try expect(",")
      return .mayGoto(next: edge, exhausted: try parseEdge())
    case "ret":
      next += 1
      return .return(try parseOperand())
    case "br":
      next += 1
      let (comparison, width) = try parseComparison()
      let left = try parseOperand()
      try expect(",")
      let right = try parseOperand()
      try expect(",")
      let then = try parseEdge()
      try expect(",")
      return .branch(comparison, width, left, right, then: then, otherwise: try parseEdge())
    default: return nil
    }
  }

  private mutating func parseEdge() throws(SSASyntaxError) -> SSAEdge {
    let target = SSABlockID(Int(try number(after: "b")))
    return SSAEdge(target, peek == "(" ? try parseOperands() : [])
  }

  private mutating func parseOperands() throws(SSASyntaxError) -> [SSAOperand] {
    var operands: [SSAOperand] = []
    try expect("(")
    while !accept(")") {
      operands.append(try parseOperand())
      _ = accept(",")
    }
    return operands
  }

  private mutating func parseOperand() throws(SSASyntaxError) -> SSAOperand {
    peek?.first == "v" ? .value(SSAValue(number: try number(after: "v"))) : .constant(try integer())
  }

  private mutating func parseAddress() throws(SSASyntaxError) -> SSAAddress {
    try expect("[")
    let base = try parseOperand()
    try expect("+")
    let offset: Int32 = try integer()
    try expect("]")
    return SSAAddress(base, offset: offset)
  }

  private mutating func parseComparison() throws(SSASyntaxError) -> (SSAComparison, SSAWidth) {
    let token = try take()
    let narrow = token.hasSuffix("32")
    guard let comparison = SSAComparison(rawValue: String(narrow ? token.dropLast(2) : token)) else {
      throw error("'\(token)' is no comparison")
    }
    return (comparison, narrow ? .bits32 : .bits64)
  }

  private mutating func parseSize() throws(SSASyntaxError) -> (size: AccessSize, signed: Bool) {
    let token = try take()
    guard let bits = Int(token.dropFirst()), bits % 8 == 0, let size = AccessSize(byteCount: bits / 8),
      token.first == "u" || token.first == "s"
    else { throw error("'\(token)' is no size") }
    return (size, token.first == "s")
  }

  private mutating func parseOperation() throws(SSASyntaxError) -> SSAOperation {
    let word = try take()
    switch word {
    case "const": return .constant(try integer())
    case "map": return .mapAddress(MapReference(index: try integer()))
    case "mapvalue":
      let map = MapReference(index: try integer())
      try expect("+")
      return .mapValueAddress(map, offset: try integer())
    case "function": return .functionAddress(try integer())
    case "frame":
      let slot = FrameSlot(Int(try number(after: "s")))
      try expect("+")
      return .frameAddress(slot, offset: try integer())
    case "cmp":
      let (comparison, width) = try parseComparison()
      let left = try parseOperand()
      try expect(",")
      return .compare(comparison, width, left, try parseOperand())
    case "load":
      let (size, signed) = try parseSize()
      return .load(size, signed: signed, try parseAddress())
    case "store", "cmpxchg", "zero", "copy": return try parseMemory(word)
    case "call", "call.event":
      let name = try take()
      guard let helper = HelperFunction(name: name) else { throw error("'\(name)' is no helper") }
      return .call(helper, try parseOperands(), word == "call" ? .impure : .eventConstant)
    case "callfunction": return .callFunction(try integer(), try parseOperands())
    case "callkernel": return .callKernelFunction(btfID: try integer(), try parseOperands())
    case "atomic":
      var name = try take()
      let fetch = name.hasSuffix(".fetch")
      if fetch { name = name.dropLast(6) }
      guard let operation = SSAAtomicOperator(rawValue: String(name)) else { throw error("'\(name)' is no operator") }
      let size = try parseSize().size
      let address = try parseAddress()
      try expect(",")
      return .atomic(operation, size, address, try parseOperand(), fetch: fetch)
    default:
      if let unary = SSAUnaryOperator(mnemonic: word) { return .unary(unary, try parseOperand()) }
      let narrow = word.hasSuffix("32")
      guard let binary = SSABinaryOperator(rawValue: String(narrow ? word.dropLast(2) : word)) else {
        throw error("'\(word)' is no operation")
      }
      let left = try parseOperand()
      try expect(",")
      return .binary(binary, narrow ? .bits32 : .bits64, left, try parseOperand())
    }
  }

  private mutating func parseMemory(_ word: Substring) throws(SSASyntaxError) -> SSAOperation {
    let size = word == "store" || word == "cmpxchg" ? try parseSize().size : .byte
    let address = try parseAddress()
    try expect(",")
    switch word {
    case "store": return .store(size, address, try parseOperand())
    case "cmpxchg":
      let expected = try parseOperand()
      try expect(",")
      return .compareExchange(size, address, expected: expected, desired: try parseOperand())
    case "copy":
      let source = try parseAddress()
      try expect(",")
      let (count, alignment) = try parseCount()
      return .copyMemory(to: address, from: source, count: count, alignment: alignment)
    default:
      let (count, alignment) = try parseCount()
      return .zeroMemory(address, count: count, alignment: alignment)
    }
  }

  private mutating func parseCount() throws(SSASyntaxError) -> (count: Int32, alignment: Int32) {
    let count: Int32 = try integer()
    try expect("align")
    return (count, try integer())
  }
}
