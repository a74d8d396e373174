/// A process that ended, laid out as in the kernel's side.
struct Ended: BitwiseCopyable {
  var time: UInt64
  var age: UInt64
  var process: UInt32
  var parent: UInt32
  var user: UInt32
  var code: Int32
  var command: InlineArray<16, UInt8>

  /// How it ended, in words.
  var end: String {
    let signal = code & 0x7f
    if signal != 0 { return "signal \(signal)" + (code & 0x80 != 0 ? ", core dumped" : "") }
    return code == 0 ? "0" : "code \(code >> 8)"
  }
}
