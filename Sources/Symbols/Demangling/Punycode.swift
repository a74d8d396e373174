/// Text of other letters written in ASCII (RFC 3492), as Rust uses it: with `_` where the RFC has `-`.
enum Punycode {
  /// The text, or nil when the bytes are of another form.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    var scalars: [Unicode.Scalar] = []
    var rest = bytes
    if let delimiter = bytes.lastIndex(of: UInt8(ascii: "_")) {
      scalars = bytes[..<delimiter].map { Unicode.Scalar($0) }
      rest = bytes[(delimiter + 1)...]
    }
    var code = 128
    var index = 0
    var bias = 72
    var isFirst = true
    while !rest.isEmpty {
      let start = index
      var weight = 1
      var step = 36
      while true {
        guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
        let (part, overflow) = digit.multipliedReportingOverflow(by: weight)
        guard !overflow, index < 1 << 32, part < 1 << 32 else { return nil }
        index += part
        let threshold = min(max(step - bias, 1), 26)
        if digit < threshold { break }
        weight = weight.multipliedReportingOverflow(by: 36 - threshold).partialValue
        guard weight > 0, weight < 1 << 32 else { return nil }
        step += 36
      }
      let count = scalars.count + 1
      bias = adapt(index - start, count: count, isFirst: isFirst)
      isFirst = false
      code += index / count
      index %= count
      guard let number = UInt32(exactly: code), let scalar = Unicode.Scalar(number), scalars.count < 1024 else {
        return nil
      }
      scalars.insert(scalar, at: index)
      index += 1
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func adapt(_ distance: Int, count: Int, isFirst: Bool) -> Int {
    var distance = isFirst ? distance / 700 : distance / 2
    distance += distance / count
    var bias = 0
    while distance > 455 {
      distance /= 35
      bias += 36
    }
    return bias + 36 * distance / (distance + 38)
  }
}
