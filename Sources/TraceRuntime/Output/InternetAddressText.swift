/// Internet addresses as text: dotted IPv4, and IPv6 in the one form that RFC 5952 recommends.
enum InternetAddressText {
  /// `AF_INET6`, `include/linux/socket.h`.
  private static let ipv6Family: UInt64 = 10

  /// Writes the address whose 16 bytes (of which IPv4 uses 4) stand in network order.
  static func write(_ bytes: UnsafeRawBufferPointer, family: UInt64, to output: inout ByteBuffer) {
    guard bytes.count >= 16 else { return }
    if family == ipv6Family {
      writeIPv6(bytes, to: &output)
    } else {
      writeIPv4(bytes[0..<4], to: &output)
    }
  }

  private static func writeIPv4(_ octets: Slice<UnsafeRawBufferPointer>, to output: inout ByteBuffer) {
    for (index, octet) in octets.enumerated() {
      if index > 0 { output.append(byte: UInt8(ascii: ".")) }
      output.append(decimal: UInt64(octet))
    }
  }

  /// RFC 5952, section 4: no leading zeros, `::` for the first longest run of at least two zero groups, lower case;
  /// section 5: the last 32 bits of an IPv4-mapped address in dotted form, as inet_ntop(3) writes them.
  private static func writeIPv6(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
    let groups = (0..<8).map { UInt64(bytes[$0 * 2]) << 8 | UInt64(bytes[$0 * 2 + 1]) }
    let isMapped = groups[0..<5].allSatisfy { $0 == 0 } && groups[5] == 0xffff
    let shown = isMapped ? 6 : 8
    let zeros = longestZeroRun(groups[..<shown])
    var index = 0
    while index < shown {
      if let zeros, index == zeros.lowerBound {
        output.append("::")
        index = zeros.upperBound
        continue
      }
      if index > 0, index != zeros?.upperBound { output.append(byte: UInt8(ascii: ":")) }
      output.append(hexadecimal: groups[index])
      index += 1
    }
    if isMapped {
      output.append(byte: UInt8(ascii: ":"))
      writeIPv4(bytes[12..<16], to: &output)
    }
  }

  private static func longestZeroRun(_ groups: ArraySlice<UInt64>) -> Range<Int>? {
    var longest: Range<Int>?
    var start: Int?
    for index in groups.startIndex...groups.endIndex {
      if index < groups.endIndex, groups[index] == 0 {
        start = start ?? index
        continue
      }
      if let first = start, index - first > max(longest?.count ?? 0, 1) { longest = first..<index }
      start = nil
    }
    return longest
  }
}
