public import TraceCompiler

/// Fills a printf template with an event's arguments.
///
/// A template is taken apart once, when the run begins; what is done for each event is a walk over flat steps that
/// writes integers and strings straight into the output.
///
/// The conversions are those of C, with the ways of the C++ streams that bpftrace writes through:
/// - zeros of `%05d` go before the sign and before `0x`: `00-42`, `00000xff`;
/// - a precision is without effect, `% d` as well;
/// - `#` adds nothing to a zero, hence `%p` of 0 is `0`;
/// - of a tuple or record only the first bracket is filled up to the width.
///
/// `%d`, `%i`, `%u`, `%x` and their like show 32 bits where no length modifier says otherwise, whatever the size of
/// the argument.
public struct PrintfFormatter {
  private let steps: [Step]
  private let arguments: [WireField]
  private let literals: [UInt8]

  /// One piece of the template, with everything that can be known beforehand.
  private struct Step {
    enum Kind: UInt8 { case text, integer, character, string, buffer, escapedBuffer, hexadecimalBuffer, flags, value }
    enum Radix: UInt8 { case decimal, octal, hexadecimal, upperHexadecimal }

    var kind: Kind
    /// The literal's place, or the argument's index.
    var start = 0
    var count = 0
    var offset = 0
    /// The argument's size, 0 when it is no plain integer of 1, 2, 4 or 8 bytes; and its sign.
    var byteCount = 0
    var isSigned = false
    /// To how many bits the value is cut, and whether it is read as signed then.
    var shownBits = 64
    var showsSigned = false
    var radix = Radix.decimal
    var showsPlus = false
    var showsBase = false
    var padding: Padding?
  }

  /// The widest field: a script may ask for more, a line that fills the memory helps nobody.
  private static let maximumWidth = 65_536

  /// Takes a template apart.
  public init(_ output: FormattedOutput) { self.init(template: output.template, arguments: output.arguments) }

  /// Takes a template apart.
  public init(template: PrintfTemplate, arguments: [WireField]) {
    var steps: [Step] = []
    var literals: [UInt8] = []
    var index = 0
    for piece in template.pieces {
      switch piece {
      case .text(let text):
        steps.append(Step(kind: .text, start: literals.count, count: text.utf8.count))
        literals.append(contentsOf: text.utf8)
      case .argument(let specifier):
        steps.append(Self.step(for: specifier, argument: index, arguments))
        index += 1
      }
    }
    self.steps = steps
    self.arguments = arguments
    self.literals = literals
  }

  private static func step(for specifier: PrintfSpecifier, argument: Int, _ arguments: [WireField]) -> Step {
    var step = Step(kind: .value, start: argument)
    if let width = specifier.width, width > 0 {
      step.padding = Padding(
        width: min(width, maximumWidth), isLeftAligned: specifier.isLeftAligned,
        fill: UInt8(ascii: specifier.isZeroPadded && !specifier.isLeftAligned ? "0" : " "))
    }
    guard arguments.indices.contains(argument) else { return step }
    let field = arguments[argument]
    step.offset = field.offset
    if field.bits == nil, let shape = field.type.integerShape {
      step.byteCount = shape.byteCount
      step.isSigned = shape.isSigned
    }
    step.showsPlus = specifier.showsPlus
    step.showsBase = specifier.isAlternate
    step.shownBits = specifier.integerByteCount * 8
    switch specifier.conversion {
    case .signedDecimal:
      step.kind = .integer
      step.showsSigned = true
    case .unsignedDecimal:
      step.kind = .integer
    case .octal:
      step.kind = .integer
      step.radix = .octal
    case .hexadecimal:
      step.kind = .integer
      step.radix = .hexadecimal
    case .upperHexadecimal:
      step.kind = .integer
      step.radix = .upperHexadecimal
    case .pointer:
      step.kind = .integer
      step.radix = .hexadecimal
      step.shownBits = 64
      step.showsBase = true
    case .character: step.kind = .character
    case .buffer: step.kind = .buffer
    case .escapedBuffer: step.kind = .escapedBuffer
    case .hexadecimalBuffer: step.kind = .hexadecimalBuffer
    case .allocationFlags: step.kind = .flags
    case .string:
      switch field.type {
      case .string, .tailString: step.kind = .string
      default: step.kind = .value
      }
    }
    return step
  }

  /// Writes the template with the arguments that lie in `event`.
  public func write(_ event: RawSpan, with formatter: ValueFormatter, to output: inout ByteBuffer) {
    for index in steps.indices {
      if steps[index].kind == .text {
        let start = steps[index].start
        output.append(contentsOf: literals[start..<(start + steps[index].count)])
      } else {
        writeArgument(steps[index], event, with: formatter, to: &output)
      }
    }
  }

  private func writeArgument(
    _ step: Step, _ event: RawSpan, with formatter: ValueFormatter, to output: inout ByteBuffer
  ) {
    let start = output.count
    switch step.kind {
    case .text:
      return
    case .value:
      guard arguments.indices.contains(step.start) else {
        output.append("!{missing argument}")
        return
      }
      formatter.write(arguments[step.start], in: event, padding: step.padding, to: &output)
      return
    case .string:
      if !formatter.writeString(arguments[step.start].type, at: step.offset, in: event, to: &output) {
        output.append(ValueFormatter.outsideText)
      }
    case .integer, .character, .flags:
      guard let value = integer(of: step, in: event) else {
        writeUnfit(step, event, with: formatter, to: &output)
        return
      }
      switch step.kind {
      case .integer: writeInteger(value, step, to: &output)
      case .character: output.append(byte: UInt8(truncatingIfNeeded: value.bits))
      default: AllocationFlags.write(value.bits, to: &output)
      }
    case .buffer, .escapedBuffer, .hexadecimalBuffer:
      let isThere = formatter.withBufferContents(of: arguments[step.start].type, at: step.offset, in: event) { bytes in
        switch step.kind {
        case .escapedBuffer: BufferText.writeEscaped(bytes, to: &output)
        case .hexadecimalBuffer: BufferText.writeHexadecimal(bytes, to: &output)
        default: BufferText.write(bytes, to: &output)
        }
      }
      if !isThere {
        writeUnfit(step, event, with: formatter, to: &output)
        return
      }
    }
    if let padding = step.padding { output.pad(from: start, to: padding) }
  }

  private func integer(of step: Step, in event: RawSpan) -> WireInteger? {
    if step.byteCount == 0 {
      let field = arguments[step.start]
      return event.integer(of: field.type, at: field.offset, bits: field.bits)
    }
    guard let bits = event.unsignedInteger(at: step.offset, byteCount: step.byteCount) else { return nil }
    return WireInteger(
      bits: bits.extended(from: step.byteCount * 8, isSigned: step.isSigned), isSigned: step.isSigned)
  }

  private func writeInteger(_ value: WireInteger, _ step: Step, to output: inout ByteBuffer) {
    let bits = value.bits.extended(from: step.shownBits, isSigned: step.showsSigned)
    switch step.radix {
    case .decimal where step.showsSigned:
      let signed = Int64(bitPattern: bits)
      if step.showsPlus, signed >= 0 { output.append(byte: UInt8(ascii: "+")) }
      output.append(decimal: signed)
    case .decimal:
      output.append(decimal: bits)
    case .octal:
      if step.showsBase, bits != 0 { output.append(byte: UInt8(ascii: "0")) }
      output.append(octal: bits)
    case .hexadecimal, .upperHexadecimal:
      let isUppercase = step.radix == .upperHexadecimal
      if step.showsBase, bits != 0 { output.append(isUppercase ? "0X" : "0x") }
      output.append(hexadecimal: bits, isUppercase: isUppercase)
    }
  }

  /// A value that the conversion does not fit, or that is not there, is shown as `print` would show it, in `!{…}`.
  private func writeUnfit(
    _ step: Step, _ event: RawSpan, with formatter: ValueFormatter, to output: inout ByteBuffer
  ) {
    let start = output.count
    formatter.write(arguments[step.start], in: event, to: &output)
    if output.bytes[start...].starts(with: "!{".utf8) { return }
    let text = Array(output.bytes[start...])
    output.truncate(to: start)
    output.append("!{")
    output.append(contentsOf: text)
    output.append("}")
  }
}
