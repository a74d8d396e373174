public import TraceCompiler

/// Writes the values that programs hand over, as text in bpftrace's form.
///
///     5    true    0xffff888100    hello    [1,2]    (1, hello)    { .a = 1 }    ab\x01    192.168.0.1
///
/// A value is read by its ``WireType`` alone. What lies outside the bytes, because an event was cut short or damaged,
/// becomes `!{value outside its event}` in its place.
public struct ValueFormatter {
  /// Who knows the names behind numbers.
  public let context: any ValueContext
  /// Bytes, NUL included, of a string that was cut if it fills them.
  private let truncatedByteCount: Int
  /// What is added to a string that was cut.
  private let truncationTrailer: [UInt8]

  /// A formatter for scripts with these settings.
  public init(context: any ValueContext, configuration: ScriptConfiguration) {
    self.context = context
    truncatedByteCount = configuration.maximumStringLength
    truncationTrailer = Array(configuration.truncationTrailer.utf8)
  }

  /// Writes the value of `type` at `offset` of `bytes`.
  public func write(_ type: WireType, at offset: Int = 0, in bytes: RawSpan, to output: inout ByteBuffer) {
    write(WireField(offset: offset, type: type), in: bytes, to: &output)
  }

  /// Writes a field.
  ///
  /// `padding` fills up the first piece that is written, which of a compound value is its bracket: a width in a
  /// C++ stream holds for one output, and bpftrace's users see that.
  func write(
    _ field: WireField, base: Int = 0, in bytes: RawSpan, padding: Padding? = nil, to output: inout ByteBuffer
  ) {
    let start = output.count
    let offset = base &+ field.offset
    switch field.type {
    case .array(let element, let count):
      output.append(byte: UInt8(ascii: "["))
      if let padding { output.pad(from: start, to: padding) }
      let stride = element.byteCount
      // An element without bytes would let a count of any size through.
      for index in 0..<(stride > 0 ? count : 0) {
        if index > 0 { output.append(byte: UInt8(ascii: ",")) }
        write(WireField(offset: offset &+ index &* stride, type: element), in: bytes, to: &output)
      }
      output.append(byte: UInt8(ascii: "]"))
    case .tuple(let fields, _):
      output.append(byte: UInt8(ascii: "("))
      if let padding { output.pad(from: start, to: padding) }
      writeList(fields, base: offset, in: bytes, to: &output)
      output.append(byte: UInt8(ascii: ")"))
    case .record(let fields, _):
      output.append(byte: UInt8(ascii: "{"))
      if let padding { output.pad(from: start, to: padding) }
      for (index, member) in fields.enumerated() {
        output.append(index == 0 ? " ." : ", .")
        output.append(member.name)
        output.append(" = ")
        write(member, base: offset, in: bytes, to: &output)
      }
      output.append(fields.isEmpty ? "}" : " }")
    default:
      if !writeSimple(field, at: offset, in: bytes, to: &output) {
        output.truncate(to: start)
        output.append(Self.outsideText)
      }
      if let padding { output.pad(from: start, to: padding) }
    }
  }

  /// Writes fields with `, ` between them: a tuple without its parentheses, as map keys are shown.
  func writeList(_ fields: [WireField], base: Int, in bytes: RawSpan, to output: inout ByteBuffer) {
    for (index, field) in fields.enumerated() {
      if index > 0 { output.append(", ") }
      write(field, base: base, in: bytes, to: &output)
    }
  }

  /// Stands for a value that the bytes do not hold.
  static let outsideText = "!{value outside its event}"

  /// Writes a value that is not made of others; false when the bytes do not hold it.
  private func writeSimple(
    _ field: WireField, at offset: Int, in bytes: RawSpan, to output: inout ByteBuffer
  ) -> Bool {
    switch field.type {
    case .string, .tailString:
      return writeString(field.type, at: offset, in: bytes, to: &output)
    case .buffer:
      return withBufferContents(of: field.type, at: offset, in: bytes) { contents in
        BufferText.write(contents, to: &output)
      }
    case .kernelStack(let format), .userStack(let format):
      return writeStack(field.type, format, at: offset, in: bytes, to: &output)
    case .internetAddress:
      guard let family = bytes.unsignedInteger(at: offset, byteCount: 4) else { return false }
      return bytes.withBytes(at: offset &+ 4, count: 16) {
        InternetAddressText.write($0, family: family, to: &output)
      } != nil
    case .macAddress:
      return bytes.withBytes(at: offset, count: 6) { (octets) -> Void in
        for (index, octet) in octets.enumerated() {
          if index > 0 { output.append(byte: UInt8(ascii: ":")) }
          output.append(hexadecimalByte: octet, isUppercase: true)
        }
      } != nil
    default:
      guard let value = bytes.integer(of: field.type, at: offset, bits: field.bits) else { return false }
      return writeInteger(value, of: field.type, at: offset, in: bytes, to: &output)
    }
  }

  /// Writes a value that one number stands for.
  private func writeInteger(
    _ value: WireInteger, of type: WireType, at offset: Int, in bytes: RawSpan, to output: inout ByteBuffer
  ) -> Bool {
    switch type {
    case .boolean:
      output.append(value.bits == 0 ? "false" : "true")
    case .enumeration(_, _, _, let names):
      if let name = names[value.signed] { output.append(name) } else { output.append(integer: value) }
    case .pointer:
      output.append("0x")
      output.append(hexadecimal: value.bits)
    case .kernelSymbol:
      output.append(symbol: context.kernelSymbol(at: value.bits))
    case .userSymbol:
      guard let process = bytes.unsignedInteger(at: offset &+ StackReference.frameCountOffset, byteCount: 4) else {
        return false
      }
      output.append(symbol: context.userSymbol(at: value.bits, inProcess: UInt32(truncatingIfNeeded: process)))
    case .username:
      if let name = context.userName(of: UInt32(truncatingIfNeeded: value.bits)) {
        output.append(name)
      } else {
        output.append(decimal: value.bits)
      }
    case .timestamp(let format):
      TimeFormatter.write(context.wallClock(atBootTime: value.bits), format: format, with: context, to: &output)
    case .probeName:
      if let name = context.probeName(at: value.bits) { output.append(name) } else { output.append(integer: value) }
    case .cgroupPath:
      if let path = context.cgroupPath(of: value.bits) { output.append(path) } else { output.append(integer: value) }
    default:
      output.append(integer: value)
    }
    return true
  }

  /// Writes a string up to its NUL; false when the bytes do not hold its field.
  ///
  /// A string that fills the room which `str()` has at most was cut, as far as anyone can tell.
  func writeString(_ type: WireType, at offset: Int, in bytes: RawSpan, to output: inout ByteBuffer) -> Bool {
    guard let (start, room, capacity) = stringPlace(of: type, at: offset, in: bytes) else { return false }
    let count = bytes.withBytes(at: start, count: room) { contents in
      let end = contents.firstIndex(of: 0) ?? contents.count
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: contents[..<end]))
      return end
    }
    guard let count else { return false }
    if count + 1 == capacity, capacity == truncatedByteCount { output.append(contentsOf: truncationTrailer) }
    return true
  }

  /// Where a string's bytes lie, how many they are at most, and the room that the program had for it.
  private func stringPlace(
    of type: WireType, at offset: Int, in bytes: RawSpan
  ) -> (start: Int, count: Int, capacity: Int)? {
    switch type {
    case .string(let capacity):
      return (offset, capacity, capacity)
    case .tailString(let capacity):
      guard let start = bytes.unsignedInteger(at: offset, byteCount: 2),
        let count = bytes.unsignedInteger(at: offset &+ 2, byteCount: 2)
      else { return nil }
      return (Int(start), Int(count), capacity)
    default:
      return nil
    }
  }

  /// Calls `body` with the meant part of a buffer; false when the bytes do not hold it.
  ///
  /// Strings and byte arrays serve as buffers too.
  func withBufferContents(
    of type: WireType, at offset: Int, in bytes: RawSpan, _ body: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    switch type {
    case .buffer(let capacity):
      guard let length = bytes.unsignedInteger(at: offset, byteCount: 4) else { return false }
      return bytes.withBytes(at: offset &+ 4, count: min(Int(length), capacity), body) != nil
    case .array(.integer(byteCount: 1, _), let count):
      return bytes.withBytes(at: offset, count: count, body) != nil
    case .string, .tailString:
      guard let (start, count, _) = stringPlace(of: type, at: offset, in: bytes) else { return false }
      return bytes.withBytes(at: start, count: count) { contents in
        body(UnsafeRawBufferPointer(rebasing: contents[..<(contents.firstIndex(of: 0) ?? contents.count)]))
      } != nil
    default:
      return false
    }
  }
}

extension ByteBuffer {
  /// Adds an integer in decimal by its signedness.
  mutating func append(integer value: WireInteger) {
    if value.isSigned { append(decimal: value.signed) } else { append(decimal: value.bits) }
  }

  /// Adds a symbol's name, or the address of one that is not known.
  mutating func append(symbol: SymbolicAddress) {
    if let name = symbol.name {
      append(name)
    } else {
      append("0x")
      append(hexadecimal: symbol.address)
    }
  }
}
