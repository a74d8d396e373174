public import LinuxSystem

/// A function of a program as machine code.
public struct MachineFunction: Hashable, Sendable {
  /// Where it is in the kernel's memory; 0 when the kernel hides addresses.
  public var address: UInt64
  /// Its bytes of machine code.
  public var size: Int

  /// A function from its facts.
  public init(address: UInt64, size: Int) {
    self.address = address
    self.size = size
  }
}

extension KernelCalls {
  /// The functions of a program's machine code, in the order of the code; empty when the program is interpreted.
  ///
  /// *First kernel*: 4.18.
  public func machineFunctions(of program: borrowing OwnedDescriptor) throws(SystemCallError) -> [MachineFunction] {
    let info = try objectInfo(program, size: ProgramInfo.size, subject: "program")
    // A program has at most 256 functions, but the numbers are the kernel's.
    let count = min(Int(info.number(UInt32.self, at: 104)), Int(info.number(UInt32.self, at: 108)), 1 << 16)
    // jited_ksyms and jited_func_lens
    let addresses = try array(of: program, count: count, UInt64.self, countAt: 104, addressAt: 112)
    let sizes = try array(of: program, count: count, UInt32.self, countAt: 108, addressAt: 120)
    return zip(addresses, sizes).map { MachineFunction(address: $0, size: Int($1)) }
  }

  /// Where in the kernel's memory the source lines begin, in the order of ``lineRecords(of:)``; empty when the program is
  /// interpreted or has no lines, zero when the kernel hides addresses.
  ///
  /// *First kernel*: 5.0.
  public func machineLines(of program: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt64] {
    // jited_line_info, whose records are numbers: jited_line_info_rec_size is 8.
    let count = 1 << 20
    let info = try objectInfo(program, size: ProgramInfo.size, subject: "program")
    let lines = min(count, Int(info.number(UInt32.self, at: 168)))
    if lines == 0 { return [] }
    let memory = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: lines)
    memory.initialize(repeating: 0)
    defer { memory.deallocate() }
    let answer = try objectInfo(program, size: ProgramInfo.size, subject: "program") { bytes in
      bytes.storeBytes(of: UInt32(lines), toByteOffset: 168, as: UInt32.self)
      bytes.storeBytes(of: UInt32(8), toByteOffset: 176, as: UInt32.self)
      bytes.storeBytes(of: UInt64(UInt(bitPattern: memory.baseAddress)), toByteOffset: 160, as: UInt64.self)
    }
    return Array(memory.prefix(Int(answer.number(UInt32.self, at: 168))))
  }
}
