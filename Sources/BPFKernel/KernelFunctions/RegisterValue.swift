/// What a register holds: the arguments and the results of the kernel's functions.
///
/// Integers, truth values, pointers, and pointers that may be nil.
public protocol RegisterValue {
  /// The register.
  var registerWord: UInt64 { get }

  /// The value in a register; of narrow types the register's upper bits do not matter.
  init(registerWord: UInt64)
}

extension RegisterValue where Self: FixedWidthInteger {
  /// The number; a negative one keeps its sign.
  @_alwaysEmitIntoClient public var registerWord: UInt64 { @_transparent get { UInt64(truncatingIfNeeded: self) } }

  /// The number in the low bits.
  @_alwaysEmitIntoClient @_transparent
  public init(registerWord: UInt64) { self.init(truncatingIfNeeded: registerWord) }
}

extension Int: RegisterValue {}
extension Int8: RegisterValue {}
extension Int16: RegisterValue {}
extension Int32: RegisterValue {}
extension Int64: RegisterValue {}
extension UInt: RegisterValue {}
extension UInt8: RegisterValue {}
extension UInt16: RegisterValue {}
extension UInt32: RegisterValue {}
extension UInt64: RegisterValue {}

extension Bool: RegisterValue {
  /// 1 or 0.
  @_alwaysEmitIntoClient public var registerWord: UInt64 { @_transparent get { self ? 1 : 0 } }

  /// Whether the low byte is not 0.
  @_alwaysEmitIntoClient @_transparent
  public init(registerWord: UInt64) { self = registerWord & 0xff != 0 }
}

/// A pointer as a register holds it.
public protocol RegisterPointer: RegisterValue {
  /// The pointer at that address; nil at 0.
  init?(address: UInt)
}

extension RegisterPointer {
  /// The pointer at that address, which is not 0.
  @_alwaysEmitIntoClient @_transparent
  public init(registerWord: UInt64) {
    self = Self(address: UInt(truncatingIfNeeded: registerWord)).unsafelyUnwrapped
  }
}

extension UnsafeRawPointer: RegisterPointer {
  /// The address.
  @_alwaysEmitIntoClient public var registerWord: UInt64 { @_transparent get { word(self) } }
  /// The pointer at that address; nil at 0.
  @_alwaysEmitIntoClient @_transparent public init?(address: UInt) { self.init(bitPattern: address) }
}

extension UnsafeMutableRawPointer: RegisterPointer {
  /// The address.
  @_alwaysEmitIntoClient public var registerWord: UInt64 { @_transparent get { word(self) } }
  /// The pointer at that address; nil at 0.
  @_alwaysEmitIntoClient @_transparent public init?(address: UInt) { self.init(bitPattern: address) }
}

extension UnsafePointer: RegisterValue, RegisterPointer {
  /// The address.
  @_alwaysEmitIntoClient public var registerWord: UInt64 { @_transparent get { word(self) } }
  /// The pointer at that address; nil at 0.
  @_alwaysEmitIntoClient @_transparent public init?(address: UInt) { self.init(bitPattern: address) }
}

extension UnsafeMutablePointer: RegisterValue, RegisterPointer {
  /// The address.
  @_alwaysEmitIntoClient public var registerWord: UInt64 { @_transparent get { word(self) } }
  /// The pointer at that address; nil at 0.
  @_alwaysEmitIntoClient @_transparent public init?(address: UInt) { self.init(bitPattern: address) }
}

extension Optional: RegisterValue where Wrapped: RegisterPointer {
  /// The address, 0 for nil.
  @_alwaysEmitIntoClient public var registerWord: UInt64 {
    @_transparent get {
      if let self { return self.registerWord }
      return 0
    }
  }

  /// The pointer at that address; nil at 0.
  @_alwaysEmitIntoClient @_transparent
  public init(registerWord: UInt64) { self = Wrapped(address: UInt(truncatingIfNeeded: registerWord)) }
}
