internal import Diagnostics

extension PrintfTemplate {
  /// What is wrong with a format.
  public enum Problem: Error, Hashable, Sendable {
    /// `%` at the end.
    case unfinished
    /// An unknown letter.
    case unknownConversion(String)
    /// `%f` and its like: the kernel has no floating point.
    case floatingPoint(String)
  }

  /// Takes a format apart.
  public static func parse(_ format: [UInt8]) -> Result<PrintfTemplate, Problem> {
    var parser = PrintfParser(bytes: format)
    do throws(Problem) { return .success(PrintfTemplate(pieces: try parser.pieces())) } catch { return .failure(error) }
  }
}

private struct PrintfParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard let byte = next, byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let byte = next, byte >= 0x30, byte <= 0x39 {
      // Wider than any terminal is wide enough.
      value = min((value ?? 0) * 10 + Int(byte - 0x30), 4096)
      position += 1
    }
    return value
  }

  mutating func pieces() throws(PrintfTemplate.Problem) -> [PrintfTemplate.Piece] {
    var pieces: [PrintfTemplate.Piece] = []
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      if byte != UInt8(ascii: "%") {
        text.append(byte)
      } else if take("%") {
        text.append(byte)
      } else {
        let specifier = try specifier()
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        pieces.append(.argument(specifier))
      }
    }
    if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
    return pieces
  }

  private mutating func specifier() throws(PrintfTemplate.Problem) -> PrintfSpecifier {
    var result = PrintfSpecifier(conversion: .signedDecimal)
    flags: while true {
      if take("-") {
        result.isLeftAligned = true
      } else if take("+") {
        result.showsPlus = true
      } else if take(" ") {
        result.showsBlank = true
      } else if take("#") {
        result.isAlternate = true
      } else if take("0") {
        result.isZeroPadded = true
      } else {
        break flags
      }
    }
    if !take("*") { result.width = number() }
    if take("."), !take("*") { result.precision = number() ?? 0 }
    if take("h") {
      result.integerByteCount = take("h") ? 1 : 2
    } else if take("l") {
      _ = take("l")
      result.integerByteCount = 8
    } else if take("j") || take("z") || take("t") || take("L") {
      result.integerByteCount = 8
    }
    guard let letter = next else { throw .unfinished }
    position += 1
    var name = String(decoding: [letter], as: UTF8.self)
    if name == "r", take("x") { name = "rx" } else if name == "r", take("h") { name = "rh" }
    if name == "g", take("r") { name = "gr" }
    if name == "i" { name = "d" }
    guard let conversion = PrintfSpecifier.Conversion(rawValue: name) else {
      throw "fFeEgGaA".contains(text: name) ? .floatingPoint(name) : .unknownConversion(name)
    }
    result.conversion = conversion
    return result
  }
}

extension PrintfSpecifier {
  /// Whether a value of that type can stand for the specifier.
  func accepts(_ type: ValueType) -> Bool {
    switch conversion {
    case .string:
      switch type {
      case .void, .arguments: false
      case .aggregation(let aggregation): aggregation.isNumeric
      default: true
      }
    case .signedDecimal, .unsignedDecimal, .octal, .hexadecimal, .upperHexadecimal, .character, .pointer,
      .allocationFlags:
      type == .unknown || type.arithmeticType != nil || type.isAddress || type == .username || type == .cgroupPath
    case .buffer, .escapedBuffer, .hexadecimalBuffer:
      switch type {
      case .buffer, .string, .unknown, .macAddress: true
      default: false
      }
    }
  }
}
