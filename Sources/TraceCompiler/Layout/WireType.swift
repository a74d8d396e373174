/// How a value lies in the bytes that a program hands to user space: in an event, a map key or a map value.
///
/// Integers have the machine's byte order and lie at their natural alignment. The runtime formats values by this
/// description alone; it never sees the script's types.
public indirect enum WireType: Hashable, Sendable {
  /// One byte, 0 or 1.
  case boolean
  /// 1, 2, 4 or 8 bytes.
  case integer(byteCount: Int, isSigned: Bool)
  /// An integer whose values have names, by value.
  case enumeration(byteCount: Int, isSigned: Bool, name: String, values: [Int64: String])
  /// An address, 8 bytes.
  case pointer
  /// A NUL-terminated string in a field of `capacity` bytes; a string that fills all of it was cut.
  case string(capacity: Int)
  /// A string in an event's tail: 4 bytes here, the offset from the event's start (16 bits) and the length without
  /// NUL (16 bits). `capacity` is the room that the program had for it, NUL included.
  case tailString(capacity: Int)
  /// A length (4 bytes) and `capacity` bytes of which that many are meant.
  case buffer(capacity: Int)
  /// `count` elements one after the other.
  case array(WireType, count: Int)
  /// Fields at offsets of their own; `(1, abc)` in text.
  case tuple([WireField], byteCount: Int)
  /// A struct, union or record: named fields; `{ .a = 1 }` in text.
  case record([WireField], byteCount: Int)
  /// A kernel stack: see ``StackReference``.
  case kernelStack(StackFormat)
  /// A user stack: see ``StackReference``.
  case userStack(StackFormat)
  /// A kernel address to be shown as a symbol, 8 bytes.
  case kernelSymbol
  /// A user address (8 bytes) and the process it belongs to (4 bytes, padded to 16 in all).
  case userSymbol
  /// A user id (4 bytes, padded to 8) to be shown as a name.
  case username
  /// Nanoseconds of the boot clock (8 bytes) to be shown as wall-clock time in this strftime format.
  case timestamp(format: String)
  /// An address family (4 bytes: 2 or 10) and 16 bytes of address, of which IPv4 uses the first 4.
  case internetAddress
  /// Six bytes.
  case macAddress
  /// An index (8 bytes) into ``CompiledScript/probeNames``.
  case probeName
  /// A cgroup id (8 bytes) to be shown as a path.
  case cgroupPath

  /// Bytes that a value of the type takes.
  public var byteCount: Int {
    switch self {
    case .boolean: 1
    case .integer(let byteCount, _), .enumeration(let byteCount, _, _, _): byteCount
    case .pointer, .kernelSymbol, .username, .timestamp, .probeName, .cgroupPath: 8
    case .string(let capacity): capacity
    case .tailString: 4
    case .buffer(let capacity): 4 + capacity
    case .array(let element, let count): element.byteCount * count
    case .tuple(_, let byteCount), .record(_, let byteCount): byteCount
    case .kernelStack, .userStack, .userSymbol: StackReference.byteCount
    case .internetAddress: 20
    case .macAddress: 6
    }
  }

  /// The alignment at which the compiler places a value of the type.
  public var alignment: Int {
    switch self {
    case .boolean, .string, .macAddress: 1
    case .integer(let byteCount, _), .enumeration(let byteCount, _, _, _): byteCount
    case .tailString, .buffer, .internetAddress: 4
    case .array(let element, _): element.alignment
    case .tuple, .record, .pointer, .kernelSymbol, .username, .timestamp, .probeName, .cgroupPath: 8
    case .kernelStack, .userStack, .userSymbol: 8
    }
  }
}

/// A value's place inside an event, a tuple or a record.
public struct WireField: Hashable, Sendable {
  /// The member's name; empty in tuples.
  public var name: String
  /// Bytes from the start of the enclosing value, or of the event.
  public var offset: Int
  /// What lies there.
  public var type: WireType
  /// Where in the integer at `offset` a bit-field lies, when the member is one.
  public var bits: BitRange?

  /// A field of `type` at `offset`.
  public init(name: String = "", offset: Int, type: WireType, bits: BitRange? = nil) {
    self.name = name
    self.offset = offset
    self.type = type
    self.bits = bits
  }

  /// Bits of a little-endian integer, counted from its lowest one.
  public struct BitRange: Hashable, Sendable {
    /// The lowest bit.
    public var offset: Int
    /// How many bits.
    public var count: Int

    /// `count` bits from bit `offset` on.
    public init(offset: Int, count: Int) {
      self.offset = offset
      self.count = count
    }
  }
}

/// The 16 bytes that stand for a stack (or a user symbol) in events, keys and values.
///
/// A stack's frames are stored once, in the script's stack map, under the hash of the frames; what travels is that
/// hash, the number of frames and, for user space, whose addresses they are.
public enum StackReference {
  /// Bytes of a reference.
  public static let byteCount = 16
  /// The hash of the frames (the key in the stack map), 8 bytes; for a user symbol, the address.
  public static let hashOffset = 0
  /// The number of frames, 4 bytes with a sign: zero for an empty stack, -1 when the kernel could not walk it.
  public static let frameCountOffset = 8
  /// The process (tgid), as our own pid namespace knows it, 4 bytes; zero for kernel stacks, and for processes that are
  /// not in that namespace.
  public static let processOffset = 12
}

/// How a stack is printed.
public struct StackFormat: Hashable, Sendable {
  /// The style of its lines.
  public enum Mode: String, CaseIterable, Sendable {
    case bpftrace, perf, raw
    case buildID = "build_id"
  }
  /// The style of its lines.
  public var mode: Mode
  /// How many frames at the most.
  public var limit: Int

  /// A format.
  public init(mode: Mode, limit: Int) {
    self.mode = mode
    self.limit = limit
  }
}
