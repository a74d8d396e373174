/// Where an argument of a marker is when the marker is reached, as the compiler wrote it in the note.
///
///     USDTArgument.parse("-4@-1204(%rbp) 8@%rax", for: .amd64)
///     // 4 bytes, signed, in memory at rbp - 1204; 8 bytes, unsigned, in rax
///
/// Format: `size@operand`, apart by spaces; a negative size is that of a signed number, and the operand is written as
/// the machine's assembler does (SystemTap's "UserSpaceProbeImplementation").
public struct USDTArgument: Hashable, Sendable {
  /// 1, 2, 4 or 8.
  public let byteCount: Int
  /// Whether it is a signed number.
  public let isSigned: Bool
  /// Where it is.
  public let operand: Operand

  /// Where an argument is.
  public enum Operand: Hashable, Sendable {
    /// Nowhere: its value is known.
    case constant(Int64)
    /// In a register.
    case register(MachineRegister)
    /// In the process's memory.
    case memory(Address)
  }

  /// An address in the process's memory: `displacement + base + index × scale`.
  public struct Address: Hashable, Sendable {
    /// The register to start from; nil for none.
    public var base: MachineRegister?
    /// The register that is multiplied; nil for none.
    public var index: MachineRegister?
    /// 1, 2, 4 or 8.
    public var scale = 1
    /// What is added.
    public var displacement: Int64 = 0
    /// The symbol whose address in the file is added; with the instruction pointer as `base`, it stands for the
    /// distance from there.
    public var symbol: String?
  }

  /// Why an argument is not understood.
  public struct Failure: Error, Hashable, Sendable {
    /// The argument as the note has it.
    public let argument: String
    /// What is wrong with it.
    public let reason: String
  }

  /// Reads the arguments of a note.
  ///
  /// - Throws: the first argument of another form, such as a number in a floating-point register.
  public static func parse(_ text: String, for machine: ELFFile.Machine) throws(Failure) -> [USDTArgument] {
    var arguments: [USDTArgument] = []
    for word in words(of: text) { arguments.append(try USDTArgument(word, for: machine)) }
    return arguments
  }

  /// The text's words; blanks in brackets belong to an operand of 64-bit Arm: `-4@[sp, 60]`.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == " " || character == "\t" {
        if depth <= 0 {
          if !word.isEmpty { words.append(word) }
          word = ""
        }
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private init(_ text: String, for machine: ELFFile.Machine) throws(Failure) {
    func failure(_ reason: String) -> Failure { Failure(argument: text, reason: reason) }
    guard let at = text.firstIndex(of: "@") else { throw failure("there is no '@' behind a size") }
    let sizeText = text[..<at]
    if sizeText.hasSuffix("f") { throw failure("floating-point numbers cannot be read") }
    guard let size = Int(sizeText), [1, 2, 4, 8].contains(abs(size)) else {
      throw failure("'\(sizeText)' is no size of 1, 2, 4 or 8 bytes")
    }
    let operand = String(text[text.index(after: at)...])
    byteCount = abs(size)
    isSigned = size < 0
    let parsed: Operand?
    switch machine {
    case .amd64: parsed = Self.operandOfAMD64(operand)
    case .aarch64: parsed = Self.operandOfAArch64(operand)
    default: throw failure("operands of this processor (ELF machine \(machine.rawValue)) are not known")
    }
    guard let parsed else { throw failure("'\(operand)' is no constant, general register or address") }
    self.operand = parsed
  }

  /// A number as assemblers write it: `-12`, `0x1f`, `010` being eight.
  static func number(_ text: some StringProtocol) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let magnitude: UInt64?
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      magnitude = UInt64(digits.dropFirst(2), radix: 16)
    } else if digits.count > 1, digits.hasPrefix("0") {
      magnitude = UInt64(digits.dropFirst(), radix: 8)
    } else {
      magnitude = UInt64(digits)
    }
    guard let magnitude, digits.first?.isHexDigit == true else { return nil }
    if isNegative { return magnitude <= 1 << 63 ? Int64(bitPattern: 0 &- magnitude) : nil }
    return Int64(bitPattern: magnitude)
  }
}

// MARK: AT&T syntax

extension USDTArgument {
  /// `$5`, `%eax`, `-8(%rbp)`, `-96(%rbp,%rax,8)`, `counter+4(%rip)`, `counter`.
  private static func operandOfAMD64(_ text: String) -> Operand? {
    if text.hasPrefix("$") { return number(text.dropFirst()).map { .constant($0) } }
    if text.hasPrefix("%") { return MachineRegister(amd64: text.dropFirst()).map { .register($0) } }
    var address = Address()
    var displacement = text[...]
    if let open = text.firstIndex(of: "(") {
      guard text.hasSuffix(")") else { return nil }
      displacement = text[..<open]
      let parts = text[text.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= 3, let first = parts.first else { return nil }
      if !first.isEmpty {
        guard let base = register(first) else { return nil }
        address.base = base
      }
      if parts.count > 1 {
        guard let index = register(parts[1]) else { return nil }
        address.index = index
      }
      if parts.count > 2 {
        guard let scale = Int(parts[2]), [1, 2, 4, 8].contains(scale) else { return nil }
        address.scale = scale
      }
      if address.base == nil, address.index == nil { return nil }
    } else if displacement.isEmpty {
      return nil
    }
    return add(displacement, to: &address) ? .memory(address) : nil

    func register(_ part: Substring) -> MachineRegister? {
      // Addresses are 64 bits wide: a part of a register would need cutting.
      guard part.hasPrefix("%"), let register = MachineRegister(amd64: part.dropFirst()),
        register.name == part.dropFirst()
      else { return nil }
      return register
    }
  }

  /// A sum of numbers and at most one symbol: `-8`, `counter`, `24+table`, `table-8`.
  private static func add(_ text: Substring, to address: inout Address) -> Bool {
    var terms: [(isNegative: Bool, text: Substring)] = []
    var rest = text
    while !rest.isEmpty {
      let isNegative = rest.hasPrefix("-")
      if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
      let term = rest.prefix { $0 != "+" && $0 != "-" }
      guard !term.isEmpty else { return false }
      terms.append((isNegative, term))
      rest = rest[term.endIndex...]
    }
    for term in terms {
      if let value = number(term.text) {
        address.displacement = term.isNegative ? address.displacement &- value : address.displacement &+ value
      } else {
        guard address.symbol == nil, !term.isNegative, let first = term.text.first,
          first.isLetter || "_.$".contains(first),
          !term.text.contains("%"), !term.text.contains(":")
        else { return false }
        address.symbol = String(term.text)
      }
    }
    return true
  }
}

// MARK: 64-bit Arm

extension USDTArgument {
  /// `5`, `#5`, `x0`, `w0`, `[sp]`, `[sp, 60]`, `[x0, #-8]`, `[x0, x1]`, `[x0, x1, lsl 3]`.
  private static func operandOfAArch64(_ text: String) -> Operand? {
    func immediate(_ text: some StringProtocol) -> Int64? {
      number(text.hasPrefix("#") ? text.dropFirst() : text[...])
    }
    if let value = immediate(text) { return .constant(value) }
    if text == "xzr" || text == "wzr" { return .constant(0) }
    guard text.hasPrefix("[") else { return MachineRegister(aarch64: text[...]).map { .register($0) } }
    guard text.hasSuffix("]") else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 3, let base = MachineRegister(aarch64: first), base.name == first
    else {
      return nil
    }
    var address = Address(base: base)
    if parts.count > 1 {
      if let offset = immediate(parts[1]) {
        guard parts.count == 2 else { return nil }
        address.displacement = offset
      } else {
        guard let index = MachineRegister(aarch64: parts[1]), index.name == parts[1] else { return nil }
        address.index = index
      }
    }
    if parts.count > 2 {
      guard parts[2].hasPrefix("lsl"), let shift = immediate(parts[2].dropFirst(3)), (0...3).contains(shift) else {
        return nil
      }
      address.scale = 1 << Int(shift)
    }
    return .memory(address)
  }
}
