import Glibc

/// A call of `bpf(2)` that came back, laid out as in the kernel's side.
struct Finished: BitwiseCopyable {
  var process: UInt32
  var command: UInt32
  var size: UInt32
  var copied: UInt32
  var result: Int64
  var caller: InlineArray<16, UInt8>
  var attributes: InlineArray<160, UInt8>

  /// The call as `strace` writes it.
  var line: String {
    let name =
      Int(command) < Attributes.commands.count ? "BPF_\(Attributes.commands[Int(command)])" : "\(command) /* BPF_??? */"
    return "bpf(\(name), {\(fields.joined(separator: ", "))}, \(size)) = \(answer)"
  }

  private var answer: String {
    guard result < 0, result > -4096 else { return "\(result)" }
    return "-1 (\(String(cString: strerror(Int32(-result)))))"
  }

  /// The attributes that the caller gave.
  ///
  /// Behind the last one that is not zero nothing is shown, but the first four.
  private var fields: [String] {
    let given = Attributes.fields(of: command).filter { $0.offset + $0.size <= Int(min(copied, size)) }
    let last = given.lastIndex { field in (field.offset..<field.offset + field.size).contains { attributes[$0] != 0 } }
    return given.enumerated().filter { $0.offset < 4 || $0.offset <= last ?? 0 }
      .map { "\($0.element.name)=\(text(of: $0.element))" }
  }

  private func number(at offset: Int, bytes: Int) -> UInt64 {
    (0..<bytes).reduce(0) { $0 | UInt64(attributes[offset + $1]) << UInt64(8 * $1) }
  }

  private func text(of field: Attributes.Field) -> String {
    let number = number(at: field.offset, bytes: min(8, field.size))
    func named(_ names: [String], _ prefix: String) -> String {
      number < names.count ? prefix + names[Int(number)] : "\(number) /* \(prefix)??? */"
    }
    switch field.kind {
    case .number, .wide: return "\(number)"
    case .address: return number == 0 ? "NULL" : "0x" + String(number, radix: 16)
    case .mapType: return named(Attributes.mapTypes, "BPF_MAP_TYPE_")
    case .programType: return named(Attributes.programTypes, "BPF_PROG_TYPE_")
    case .text:
      let bytes = (field.offset..<field.offset + field.size).map { attributes[$0] }.prefix { $0 != 0 }
      return "\"\(String(decoding: bytes, as: UTF8.self))\""
    }
  }
}
