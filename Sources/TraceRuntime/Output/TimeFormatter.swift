/// Writes a time in a strftime(3) format that knows bpftrace's additions.
///
/// `%f` are the microseconds of the second in 6 digits, `%k` its nanoseconds in 9 and `%l` its milliseconds in 3.
enum TimeFormatter {
  /// Adds a wall-clock time, in nanoseconds since 1970, to `output`.
  static func write(
    _ nanoseconds: Int64, format: String, with context: any ValueContext, to output: inout ByteBuffer
  ) {
    output.append(context.timeText(at: nanoseconds, format: expanded(format, at: nanoseconds)))
  }

  /// The format with the additions replaced by their digits, so that strftime can do the rest.
  static func expanded(_ format: String, at nanoseconds: Int64) -> String {
    let remainder = nanoseconds % 1_000_000_000
    let fraction = UInt64(remainder < 0 ? remainder + 1_000_000_000 : remainder)
    var result = ByteBuffer()
    var rest = Array(format.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), let conversion = rest.popFirst() else {
        result.append(byte: byte)
        continue
      }
      switch conversion {
      case UInt8(ascii: "f"): result.append(decimal: fraction / 1000, digits: 6)
      case UInt8(ascii: "k"): result.append(decimal: fraction, digits: 9)
      case UInt8(ascii: "l"): result.append(decimal: fraction / 1_000_000, digits: 3)
      default:
        result.append(byte: byte)
        result.append(byte: conversion)
      }
    }
    return result.text
  }
}
