/// A program is about to be started, laid out as in the kernel's side.
struct Event: BitwiseCopyable {
  var process: UInt32
  var user: UInt32
  var command: InlineArray<16, UInt8>
  var message: InlineArray<12, UInt8>
}
