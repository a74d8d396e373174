#if !hasFeature(Embedded)
  /// A log record in words.
  ///
  /// Its layout is that of ``LogRecord``. The loader makes lines of what it reads from the ring buffer of a ``Log``.
  public struct LogLine: Equatable, Sendable {
    /// When it was sent: nanoseconds of `CLOCK_MONOTONIC`.
    public var time: UInt64
    /// The process that was running.
    public var process: UInt32
    /// How much the message matters.
    public var level: LogLevel
    /// The message.
    public var text: String
    /// Whether pieces were left out for want of room.
    public var isCut: Bool

    /// The line that a record stands for, or nil when the bytes are not a record.
    public init?(decoding bytes: [UInt8]) {
      func word(_ index: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[index * 8 + $1]) << UInt64(8 * $1) }
      }
      guard bytes.count >= 16 else { return nil }
      let head = word(1)
      let wordCount = Int(head >> 32 & 0xffff)
      guard wordCount * 8 <= bytes.count, let level = LogLevel(rawValue: UInt8(truncatingIfNeeded: head >> 48)) else {
        return nil
      }
      time = word(0)
      process = UInt32(truncatingIfNeeded: head)
      self.level = level
      isCut = head >> 56 & 1 == 1
      text = ""
      var next = 2
      while next < wordCount {
        let piece = word(next)
        let count = Int(piece >> 32)
        let after = next + 1 + (count + 7) / 8
        guard let kind = LogRecord.Kind(rawValue: UInt8(truncatingIfNeeded: piece)), after <= wordCount else {
          return nil
        }
        let start = (next + 1) * 8
        guard let words = Self.text(kind, bytes[start..<start + count], count >= 8 ? word(next + 1) : 0) else {
          return nil
        }
        text += words
        next = after
      }
    }

    private static func text(_ kind: LogRecord.Kind, _ bytes: ArraySlice<UInt8>, _ word: UInt64) -> String? {
      switch kind {
      case .literal: String(decoding: bytes, as: UTF8.self)
      case .text: String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      case .unsigned: "\(word)"
      case .signed: "\(Int64(bitPattern: word))"
      case .hexadecimal: "0x" + String(word, radix: 16)
      case .boolean: word == 0 ? "false" : "true"
      case .ipv4: bytes.count < 4 ? nil : bytes.prefix(4).map(String.init).joined(separator: ".")
      case .ipv6: bytes.count < 16 ? nil : Self.ipv6(Array(bytes))
      }
    }

    /// The address with its longest run of two or more zero groups as `::` (RFC 5952).
    private static func ipv6(_ bytes: [UInt8]) -> String {
      let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
      var longest = 0..<0
      var start = 0
      while start < 8 {
        let end = groups[start...].firstIndex { $0 != 0 } ?? 8
        if end - start > max(1, longest.count) { longest = start..<end }
        start = max(end, start) + 1
      }
      func text(_ groups: ArraySlice<UInt16>) -> String { groups.map { String($0, radix: 16) }.joined(separator: ":") }
      if longest.isEmpty { return text(groups[...]) }
      return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }
  }
#endif
