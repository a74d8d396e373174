/// A string section that is being written: each string once, the empty one first.
struct BTFStrings: Sendable {
  /// `BTF_MAX_NAME_OFFSET`.
  static let lengthLimit = 0xff_ffff

  private(set) var bytes: [UInt8] = [0]
  private var offsets: [String: Int] = ["": 0]

  /// Where the string begins, which is added when it is new.
  mutating func offset(of string: String) throws(BTFError) -> Int {
    if let offset = offsets[string] { return offset }
    let offset = bytes.count
    guard !string.utf8.contains(0), offset + string.utf8.count < Self.lengthLimit else {
      throw BTFError(.limitExceeded(.strings))
    }
    bytes += string.utf8
    bytes.append(0)
    offsets[string] = offset
    return offset
  }
}

extension [UInt8] {
  /// Appends a 32-bit number in this machine's byte order.
  mutating func appendWord(_ value: UInt32) {
    Swift.withUnsafeBytes(of: value) { append(contentsOf: $0) }
  }
}
