/// What an expression is, by the language's rules: as much of a type as a result can depend on.
indirect enum OracleType: Hashable {
  /// Not known in this round of inference.
  case unknown
  case nothing
  case boolean
  case integer(bits: Int, isSigned: Bool)
  case string
  case tuple([OracleType])
  case aggregation(OracleAggregation)

  static let int64 = OracleType.integer(bits: 64, isSigned: true)
  static let uint64 = OracleType.integer(bits: 64, isSigned: false)

  /// The type of a literal: the smallest signed one that holds it, or uint64.
  static func ofLiteral(_ value: UInt64) -> OracleType {
    guard let signed = Int64(exactly: value) else { return uint64 }
    return ofLiteral(signed)
  }

  static func ofLiteral(_ value: Int64) -> OracleType {
    let bits =
      Int8(exactly: value) != nil ? 8 : Int16(exactly: value) != nil ? 16 : Int32(exactly: value) != nil ? 32 : 64
    return .integer(bits: bits, isSigned: true)
  }

  /// Whether it counts as a number with a sign, in arithmetic.
  var isSigned: Bool {
    switch self {
    case .integer(_, let isSigned): isSigned
    case .aggregation(let aggregation): aggregation.isSigned
    default: false
    }
  }

  /// The type that holds the values of both: of two integers one with both ranges, with a sign where one has.
  func joined(with other: OracleType) -> OracleType {
    switch (self, other) {
    case (.unknown, let type), (let type, .unknown): return type
    case (.integer(let a, let aSigned), .integer(let b, let bSigned)):
      if aSigned == bSigned { return .integer(bits: max(a, b), isSigned: aSigned) }
      let signedBits = aSigned ? a : b, unsignedBits = aSigned ? b : a
      return .integer(bits: signedBits > unsignedBits ? signedBits : min(64, 2 * unsignedBits), isSigned: true)
    case (.boolean, .integer), (.integer, .boolean): return self == .boolean ? other : self
    case (.tuple(let a), .tuple(let b)) where a.count == b.count: return .tuple(zip(a, b).map { $0.joined(with: $1) })
    case (.aggregation(let a), .aggregation(let b)): return .aggregation(a.joined(with: b))
    default: return self
    }
  }

  /// The type of a copy: an aggregation's is the number that it stands for.
  var copied: OracleType {
    switch self {
    case .aggregation(let aggregation): .integer(bits: 64, isSigned: aggregation.isSigned)
    case .tuple(let elements): .tuple(elements.map(\.copied))
    default: self
    }
  }

  /// What a missing value of the type reads as.
  var zero: OracleValue {
    switch self {
    case .string: .text([])
    case .tuple(let elements): .tuple(elements.map(\.zero))
    default: .number(0)
    }
  }
}

/// A function whose results a map collects, with its fixed arguments.
struct OracleAggregation: Hashable {
  enum Function: String, CaseIterable { case count, sum, min, max, avg, stats, hist, lhist }

  var function: Function
  var isSigned = false
  /// The fixed arguments of `hist` and `lhist`.
  var parameters: [Int64] = []

  func joined(with other: OracleAggregation) -> OracleAggregation {
    var result = self
    result.isSigned = isSigned || other.isSigned
    return result
  }
}

/// A value of a script.
enum OracleValue: Hashable, CustomStringConvertible {
  /// An integer or a truth value, extended to 64 bits.
  case number(Int64)
  /// A string without its NUL.
  case text([UInt8])
  case tuple([OracleValue])

  var number: Int64 { if case .number(let value) = self { value } else { 0 } }
  var isTrue: Bool { number != 0 }
  var bytes: [UInt8] { if case .text(let bytes) = self { bytes } else { [] } }

  var description: String {
    switch self {
    case .number(let value): String(value)
    case .text(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    case .tuple(let elements): "(" + elements.map(\.description).joined(separator: ", ") + ")"
    }
  }
}
