/// What an expression of a script is.
///
/// Integers keep the width and the sign that the script gave them; they travel in 64-bit registers and are stored in
/// 64 bits wherever the script, and not the kernel, decides the layout.
public indirect enum ValueType: Hashable, Sendable {
  /// Nothing: a statement's call.
  case void
  /// Not known in this round of inference; never left at its end.
  case unknown
  case boolean
  case integer(IntegerType)
  /// A string in a field of `capacity` bytes, NUL included.
  case string(capacity: Int)
  /// Up to `capacity` bytes with their count.
  case buffer(capacity: Int)
  case tuple([ValueType])
  case record([RecordElement])
  case array(ValueType, count: Int)
  case pointer(to: ValueType, AddressSpace)
  /// A struct or a union, known by where it lies.
  case structure(StructureID, AddressSpace)
  case enumeration(EnumerationID)
  /// `args`: the arguments of the probe.
  case arguments
  case stack(isUser: Bool, StackFormat)
  case kernelSymbol
  case userSymbol
  case username
  case timestamp(format: String)
  case internetAddress
  case macAddress
  case probeName
  case cgroupPath
  /// A map's value that accumulates.
  case aggregation(Aggregation)

  static let int64 = ValueType.integer(.int64)
  static let uint64 = ValueType.integer(.uint64)
  static let uint32 = ValueType.integer(IntegerType(bits: 32, isSigned: false))
  static let uint8 = ValueType.integer(IntegerType(bits: 8, isSigned: false))
  static let voidPointer = ValueType.pointer(to: .void, .kernel)

  /// Whether a value is one register: the rest lies in memory and is known by its address.
  var isScalar: Bool {
    switch self {
    case .boolean, .integer, .enumeration, .pointer, .kernelSymbol, .username, .timestamp, .probeName, .cgroupPath:
      true
    case .void, .unknown, .string, .buffer, .tuple, .record, .array, .structure, .arguments, .stack, .userSymbol,
      .internetAddress, .macAddress, .aggregation:
      false
    }
  }

  /// Whether the type can stand where a number is meant: in arithmetic and in conditions.
  var isNumeric: Bool {
    switch self {
    case .boolean, .integer, .enumeration: true
    case .aggregation(let aggregation): aggregation.isNumeric
    default: false
    }
  }

  /// The integer that the value counts as in arithmetic.
  var arithmeticType: IntegerType? {
    switch self {
    case .boolean: IntegerType(bits: 8, isSigned: false)
    case .integer(let type): type
    case .enumeration: IntegerType(bits: 32, isSigned: false)
    case .pointer: .uint64
    case .aggregation(let aggregation) where aggregation.isNumeric: aggregation.isSigned ? .int64 : .uint64
    default: nil
    }
  }
}

/// An integer's width and sign.
public struct IntegerType: Hashable, Sendable {
  /// 8, 16, 32 or 64.
  public var bits: Int
  /// Whether it has a sign.
  public var isSigned: Bool

  /// An integer of `bits` bits.
  public init(bits: Int, isSigned: Bool) {
    self.bits = bits
    self.isSigned = isSigned
  }

  static let int64 = IntegerType(bits: 64, isSigned: true)
  static let uint64 = IntegerType(bits: 64, isSigned: false)

  /// The smallest signed type that holds a literal; one above the largest signed value is unsigned.
  static func ofLiteral(_ value: UInt64) -> IntegerType {
    guard let signed = Int64(exactly: value) else { return .uint64 }
    return ofSignedLiteral(signed)
  }

  /// The smallest signed type that holds `value`.
  static func ofSignedLiteral(_ value: Int64) -> IntegerType {
    for bits in [8, 16, 32] where value >= -(1 << (bits - 1)) && value < 1 << (bits - 1) {
      return IntegerType(bits: bits, isSigned: true)
    }
    return .int64
  }

  /// Whether `value` is among its values; of 64 bits any is, as its bits.
  func holds(_ value: Int64) -> Bool {
    if bits == 64 { return true }
    return isSigned ? value >= -(1 << (bits - 1)) && value < 1 << (bits - 1) : value >= 0 && value < 1 << bits
  }

  /// The type that holds the values of both.
  func union(_ other: IntegerType) -> IntegerType {
    if isSigned == other.isSigned { return IntegerType(bits: max(bits, other.bits), isSigned: isSigned) }
    let (signed, unsigned) = isSigned ? (self, other) : (other, self)
    return IntegerType(bits: signed.bits > unsigned.bits ? signed.bits : min(64, unsigned.bits * 2), isSigned: true)
  }
}

/// Where an address points, and so how it is read.
public enum AddressSpace: Hashable, Sendable {
  /// Kernel memory, read with `bpf_probe_read_kernel`.
  case kernel
  /// Memory of the current process, read with `bpf_probe_read_user`.
  case user
  /// Memory that the program may load from directly: its context, map values, its stack.
  case program
  /// What a bare number points to: low addresses are the process's, high ones the kernel's, and `bpf_probe_read` tells
  /// them apart (on processors where the two do not overlap, which x86-64 and arm64 are).
  case byAddress
}

/// A named part of a record.
public struct RecordElement: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its type.
  public var type: ValueType
}

/// A struct or union: of the kernel's BTF, or declared in the script.
public enum StructureID: Hashable, Sendable {
  /// A type id of the kernel's BTF.
  case kernel(UInt32)
  /// An index into the script's own declarations.
  case script(Int)
}

/// An enum: of the kernel's BTF, or declared in the script.
public enum EnumerationID: Hashable, Sendable {
  /// A type id of the kernel's BTF.
  case kernel(UInt32)
  /// An index into the script's own declarations.
  case script(Int)
}

extension Aggregation {
  /// Whether the value can be read as a number.
  var isNumeric: Bool {
    switch self {
    case .count, .sum, .min, .max, .average: true
    case .stats, .histogram, .linearHistogram: false
    }
  }

  /// Whether what is accumulated has a sign.
  var isSigned: Bool {
    switch self {
    case .count, .histogram, .linearHistogram: false
    case .sum(let isSigned), .min(let isSigned), .max(let isSigned), .average(let isSigned), .stats(let isSigned):
      isSigned
    }
  }

  /// The function that makes it, as the script names it.
  var functionName: String {
    switch self {
    case .count: "count"
    case .sum: "sum"
    case .min: "min"
    case .max: "max"
    case .average: "avg"
    case .stats: "stats"
    case .histogram: "hist"
    case .linearHistogram: "lhist"
    }
  }
}
