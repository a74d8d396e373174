internal import BPF
internal import BTF
public import KernelInterface
public import LinuxSystem
public import Symbols

/// A program's machine code, function by function.
public struct MachineProgram: Sendable {
  struct Function: Sendable {
    var name: String
    /// Its declaration; "" without type information.
    var signature: String
    var instructions: [Disassembler.Instruction]
    var code: [UInt8]
    /// The source lines by the places where their code begins.
    var lines: [Int: SourcePlace]
  }

  private let functions: [Function]

  /// Asks the kernel for the machine code and has it taken apart.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` when the program is interpreted or the kernel hides the code.
  public init(
    _ program: borrowing OwnedDescriptor, by disassembler: Disassembler, symbols: KernelSymbols,
    kernel: any KernelCalls = LiveKernel()
  ) throws(InspectorError) {
    let info: ProgramInfo
    let code: [UInt8]
    let parts: [MachineFunction]
    let addresses: [UInt64]
    do throws(SystemCallError) {
      info = try kernel.programInfo(program, withMaps: false)
      code = try kernel.machineCode(of: program)
      parts = try kernel.machineFunctions(of: program)
      addresses = try kernel.machineLines(of: program)
    } catch { throw .systemCall(error) }
    if code.isEmpty {
      throw .failed("program \(info.id) has no machine code: the kernel interprets it (net.core.bpf_jit_enable)")
    }
    guard code.contains(where: { $0 != 0 }) else {
      throw .failed("the kernel hides the machine code of program \(info.id) (kernel.kptr_restrict)")
    }
    let translated = try? TranslatedProgram(program, symbols: symbols, kernel: kernel)
    let table = try? symbols.table()
    var functions: [Function] = []
    var start = 0
    // A kernel that hides addresses tells of no functions; the code is one piece then.
    let pieces = parts.isEmpty ? [MachineFunction(address: 0, size: code.count)] : parts
    for (place, part) in pieces.enumerated() {
      let end = min(code.count, start + max(0, part.size))
      let piece = Array(code[min(start, end)..<end])
      start = end
      var lines: [Int: SourcePlace] = [:]
      for (line, address) in zip(translated?.lines ?? [], addresses)
      where part.address != 0 && address >= part.address && address - part.address < UInt64(piece.count) {
        lines[Int(address - part.address)] = line.place
      }
      let symbol = part.address == 0 ? nil : table?.location(of: part.address)
      let signatures = translated?.functions ?? []
      functions.append(
        Function(
          name: symbol.flatMap { $0.offset == 0 ? $0.name : nil } ?? "0x\(String(part.address, radix: 16))",
          signature: signatures.indices.contains(place) ? signatures[place].signature : "",
          instructions: try disassembler.instructions(of: piece), code: piece, lines: lines))
    }
    self.functions = functions
  }

  /// Writes the instructions as `bpftool prog dump jited` does.
  public func writeText(to output: BufferedOutput, _ options: ListingOptions) throws(SystemCallError) {
    for function in functions {
      if !function.signature.isEmpty { try output.write("\(function.signature):\n") }
      try output.write("\(function.name):\n")
      for instruction in function.instructions {
        if let place = function.lines[instruction.offset], !place.text.isEmpty {
          try output.write("; \(place.text)\(options.contains(.lineNumbers) ? " [\(place.numbers)]" : "")\n")
        }
        let place = String(instruction.offset, radix: 16)
        try output.write("\(String(repeating: " ", count: max(0, 4 - place.count)))\(place):\t\(instruction.operation)")
        if !instruction.operands.isEmpty { try output.write("\t\(instruction.operands)") }
        if options.contains(.opcodes) { try output.write("\n\t\(HexDigits.spaced(function.bytes(of: instruction)))") }
        try output.write("\n")
      }
      try output.write("\n")
    }
  }

  /// Writes the instructions as a JSON array with bpftool's members.
  public func write(to json: inout JSONWriter, _ options: ListingOptions) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      for function in functions {
        try json.object { json throws(SystemCallError) in
          if !function.signature.isEmpty { try json.member("proto", function.signature) }
          try json.member("name", function.name)
          try json.name("insns")
          try json.array { json throws(SystemCallError) in
            for instruction in function.instructions { try write(instruction, of: function, to: &json, options) }
          }
        }
      }
    }
  }

  private func write(
    _ instruction: Disassembler.Instruction, of function: Function, to json: inout JSONWriter, _ options: ListingOptions
  ) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      if let place = function.lines[instruction.offset], !place.text.isEmpty {
        try json.member("src", place.text)
        if options.contains(.lineNumbers) {
          if !place.file.isEmpty { try json.member("file", place.file) }
          if place.line != 0 { try json.member("line_num", place.line) }
          if place.column != 0 { try json.member("line_col", place.column) }
        }
      }
      try json.member("pc", "0x\(String(instruction.offset, radix: 16))")
      try json.member("operation", instruction.operation)
      try json.name("operands")
      try json.array { json throws(SystemCallError) in
        if instruction.operands.isEmpty { return try json.null() }
        try json.value(instruction.operands)
      }
      if options.contains(.opcodes) {
        try json.name("opcodes")
        try json.bytes(function.bytes(of: instruction))
      }
    }
  }
}

extension MachineProgram.Function {
  fileprivate func bytes(of instruction: Disassembler.Instruction) -> [UInt8] {
    Array(code[instruction.offset..<(instruction.offset + instruction.size)])
  }
}
