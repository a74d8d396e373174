/// A file that was opened, or could not be, laid out as in the kernel's side.
struct Opened: BitwiseCopyable {
  var time: UInt64
  var process: UInt32
  var thread: UInt32
  var user: UInt32
  var result: Int32
  var flags: Int32
  var mode: UInt32
  var directory: Int32
  var command: InlineArray<16, UInt8>
  var path: InlineArray<256, UInt8>
}
