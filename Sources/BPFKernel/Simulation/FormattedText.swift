#if !hasFeature(Embedded)
  /// What `bpf_trace_printk` and `bpf_seq_printf` make of a format and its values: `%d %i %u %x %p %s %c`, with `l`, `ll`, width,
  /// `-` and `0`.
  struct FormattedText {
    let text: String

    init(_ format: UnsafeRawPointer, _ values: [UInt64]) {
      let bytes = UnsafeRawBufferPointer(start: format, count: Int.max).prefix { $0 != 0 }
      var result = ""
      var rest = Substring(String(decoding: bytes, as: UTF8.self))
      var values = values[...]
      while let percent = rest.firstIndex(of: "%") {
        result += rest[..<percent]
        rest = rest[rest.index(after: percent)...]
        if rest.first == "%" {
          result += "%"
          rest = rest.dropFirst()
          continue
        }
        let flags = rest.prefix { "-0123456789".contains($0) }
        let longs = rest.dropFirst(flags.count).prefix { $0 == "l" }
        rest = rest.dropFirst(flags.count + longs.count)
        guard let conversion = rest.popFirst() else { break }
        let value = values.popFirst() ?? 0
        result += Self.padded(Self.text(conversion, value, isLong: !longs.isEmpty), flags)
      }
      text = result + rest
    }

    private static func text(_ conversion: Character, _ value: UInt64, isLong: Bool) -> String {
      let short = UInt32(truncatingIfNeeded: value)
      switch conversion {
      case "d", "i": return isLong ? "\(Int64(bitPattern: value))" : "\(Int32(bitPattern: short))"
      case "u": return isLong ? "\(value)" : "\(short)"
      case "x": return String(isLong ? value : UInt64(short), radix: 16)
      case "p": return "0x" + String(value, radix: 16)
      case "c": return String(UnicodeScalar(UInt8(truncatingIfNeeded: value)))
      case "s":
        guard let start = UnsafeRawPointer(bitPattern: UInt(value)) else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: 4096).prefix { $0 != 0 }, as: UTF8.self)
      default: return "%\(conversion)"
      }
    }

    private static func padded(_ text: String, _ flags: Substring) -> String {
      let width = Int(flags.drop { $0 == "-" || $0 == "0" }) ?? 0
      let padding = String(repeating: flags.hasPrefix("0") ? "0" : " ", count: max(0, width - text.utf8.count))
      return flags.hasPrefix("-") ? text + padding : padding + text
    }
  }
#endif
