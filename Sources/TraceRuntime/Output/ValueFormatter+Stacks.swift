import TraceCompiler

/// Stacks as text: a line for each frame, after an empty first one.
///
///     bpftrace     8 blanks, symbol+offset
///     perf         tab, address, symbol+offset, and for user space the file in parentheses
///     raw          the address
///     build_id     the file's build id and the offset in the file
extension ValueFormatter {
  /// Stands for a stack that the kernel could not walk.
  private static let failureText = "<unwind failure>"
  private static let indentation = "        "

  /// Writes a stack; false when the bytes do not hold its reference.
  func writeStack(
    _ type: WireType, _ format: StackFormat, at offset: Int, in bytes: RawSpan, to output: inout ByteBuffer
  ) -> Bool {
    var isUser = false
    if case .userStack = type { isUser = true }
    guard let walked = stackFrames(at: offset, in: bytes),
      let process = bytes.unsignedInteger(at: offset &+ StackReference.processOffset, byteCount: 4)
    else { return false }
    // An empty stack is no text at all, as in bpftrace: a program interrupted in user space has no kernel frames.
    if case .frames(let frames) = walked, frames.isEmpty { return true }
    output.append(byte: UInt8(ascii: "\n"))
    guard case .frames(let frames) = walked else {
      output.append("\(Self.indentation)\(Self.failureText)\n")
      return true
    }
    let machinery = isUser ? 0 : TracingMachinery.frameCount(frames.lazy.map { context.kernelSymbol(at: $0) })
    for address in frames.dropFirst(machinery) {
      writeFrame(address, process: isUser ? UInt32(truncatingIfNeeded: process) : nil, format.mode, to: &output)
      output.append(byte: UInt8(ascii: "\n"))
    }
    return true
  }

  private enum WalkedStack {
    case frames([UInt64])
    /// The kernel could not walk it, or it is not kept any more.
    case failed
  }

  /// The stack whose reference lies at `offset`; nil when the bytes do not hold the reference.
  private func stackFrames(at offset: Int, in bytes: RawSpan) -> WalkedStack? {
    guard let hash = bytes.unsignedInteger(at: offset &+ StackReference.hashOffset),
      let count = bytes.signedInteger(at: offset &+ StackReference.frameCountOffset, byteCount: 4)
    else { return nil }
    if count == 0 { return .frames([]) }
    guard count > 0, let frames = context.frames(ofStack: hash, count: Int(count)) else { return .failed }
    return .frames(frames)
  }

  /// Writes one frame, of a process or, without one, of the kernel.
  private func writeFrame(
    _ address: UInt64, process: UInt32?, _ mode: StackFormat.Mode, to output: inout ByteBuffer
  ) {
    switch mode {
    case .bpftrace:
      output.append(Self.indentation)
      appendSymbol(resolve(address, process), to: &output)
    case .perf:
      output.append(byte: UInt8(ascii: "\t"))
      output.append(hexadecimal: address)
      output.append(byte: UInt8(ascii: " "))
      let symbol = resolve(address, process)
      appendSymbol(symbol, to: &output)
      if process != nil {
        output.append(" (\(symbol.module ?? "[unknown]"))")
      } else if symbol.name == nil {
        output.append(" ([unknown])")
      }
    case .raw:
      output.append(hexadecimal: address)
    case .buildID:
      guard let process, let place = context.fileAddress(at: address, inProcess: process) else {
        output.append("0x")
        output.append(hexadecimal: address)
        return
      }
      for byte in place.buildID { output.append(hexadecimalByte: byte) }
      output.append(" 0x")
      output.append(hexadecimal: place.offset)
    }
  }

  private func resolve(_ address: UInt64, _ process: UInt32?) -> SymbolicAddress {
    process.map { context.userSymbol(at: address, inProcess: $0) } ?? context.kernelSymbol(at: address)
  }

  private func appendSymbol(_ symbol: SymbolicAddress, to output: inout ByteBuffer) {
    output.append(symbol: symbol)
    guard symbol.name != nil else { return }
    output.append(byte: UInt8(ascii: "+"))
    output.append(decimal: symbol.offset)
  }
}
