/// The life of a connection, laid out as in the kernel's side.
struct Life: BitwiseCopyable {
  var duration: UInt64
  var received: UInt64
  var sent: UInt64
  var process: UInt32
  var family: UInt16
  var localPort: UInt16
  var remotePort: UInt16
  var command: InlineArray<16, UInt8>
  var local: InlineArray<16, UInt8>
  var remote: InlineArray<16, UInt8>

  /// An address of the connection as text.
  func text(_ address: InlineArray<16, UInt8>) -> String {
    let bytes = address.indices.map { address[$0] }
    if family == 2 { return bytes.prefix(4).map(String.init).joined(separator: ".") }
    return (0..<8).map { String(UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]), radix: 16) }
      .joined(separator: ":")
  }
}
