/// A request to a disk, laid out as in the kernel's side.
struct Finished: BitwiseCopyable {
  var time: UInt64
  var duration: UInt64
  var sector: UInt64
  var device: UInt32
  var process: UInt32
  var byteCount: UInt32
  var error: Int32
  var kind: InlineArray<8, UInt8>
  var command: InlineArray<16, UInt8>

  /// The device's numbers: 12 bits and 20, as the kernel keeps them.
  var deviceName: String { "\(device >> 20):\(device & 0xfffff)" }
}
