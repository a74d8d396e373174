/// A program that was started, laid out as in the kernel's side.
struct Started: BitwiseCopyable {
  var time: UInt64
  var process: UInt32
  var parent: UInt32
  var user: UInt32
  var argumentByteCount: UInt32
  var command: InlineArray<16, UInt8>
  var arguments: InlineArray<512, UInt8>

  /// The arguments as on a command line; those with spaces in quotes.
  var line: String {
    let bytes = (0..<min(Int(argumentByteCount), 512)).map { arguments[$0] }
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
  }
}
