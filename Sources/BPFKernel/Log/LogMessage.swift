/// What a log line says: constant text with values in it.
@frozen
public struct LogMessage: ExpressibleByStringInterpolation {
  @usableFromInline var record: LogRecord

  /// Constant text.
  @_alwaysEmitIntoClient @inline(__always)
  public init(stringLiteral text: StaticString) {
    record = LogRecord()
    record.append(.literal, text.utf8Start, text.utf8CodeUnitCount)
  }

  /// The message of its pieces.
  @_alwaysEmitIntoClient @inline(__always)
  public init(stringInterpolation: StringInterpolation) { record = stringInterpolation.record }

  /// The pieces of a message in their order.
  @frozen
  public struct StringInterpolation: StringInterpolationProtocol {
    @usableFromInline var record: LogRecord

    /// No pieces yet.
    @_alwaysEmitIntoClient @inline(__always)
    public init(literalCapacity: Int, interpolationCount: Int) { record = LogRecord() }

    /// Constant text.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendLiteral(_ text: StaticString) {
      if text.utf8CodeUnitCount == 0 { return }
      record.append(.literal, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// A number, in decimal.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(_ number: some FixedWidthInteger & UnsignedInteger) {
      record.append(.unsigned, UInt64(truncatingIfNeeded: number))
    }

    /// A number, in decimal.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(_ number: some FixedWidthInteger & SignedInteger) {
      record.append(.signed, UInt64(truncatingIfNeeded: number))
    }

    /// A number, in hexadecimal.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(hex number: some FixedWidthInteger) {
      record.append(.hexadecimal, UInt64(truncatingIfNeeded: number))
    }

    /// An address, in hexadecimal.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(_ pointer: UnsafeRawPointer?) {
      record.append(.hexadecimal, word(pointer))
    }

    /// `true` or `false`.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(_ flag: Bool) { record.append(.boolean, flag ? 1 : 0) }

    /// Constant text.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(_ text: StaticString) {
      record.append(.literal, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Text up to its 0, as ``Process/command``.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation<let count: Int>(_ text: Characters<count>) {
      withUnsafePointer(to: text) { record.append(.text, $0, count) }
    }

    /// An IPv4 address as it stands in packets.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(ipv4 address: UInt32) { record.append(.ipv4, UInt64(address)) }

    /// An IPv6 address as it stands in packets.
    @_alwaysEmitIntoClient @inline(__always)
    public mutating func appendInterpolation(ipv6 address: InlineArray<16, UInt8>) {
      withUnsafePointer(to: address) { record.append(.ipv6, $0, 16) }
    }
  }
}
