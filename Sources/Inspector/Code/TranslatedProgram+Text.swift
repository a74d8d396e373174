internal import BPF
internal import Bytecode
public import LinuxSystem

/// What a listing of a program shows beside its instructions.
public struct ListingOptions: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// Any bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The bytes of each instruction.
  public static let opcodes = Self(rawValue: 1)
  /// The file, line and column of each source line.
  public static let lineNumbers = Self(rawValue: 2)
}

extension TranslatedProgram {
  /// A slot at which an instruction begins, with the function and the source line that begin there.
  struct Step {
    var slot: Int
    var function: Function?
    var line: Line?
  }

  /// The instructions in their order.
  func forEachStep<E: Error>(_ body: (Step) throws(E) -> Void) throws(E) {
    var functions = functions[...]
    var lines = lines[...]
    var slot = 0
    while slot < instructions.count {
      var step = Step(slot: slot)
      while let function = functions.first, function.slot <= slot {
        step.function = function
        functions.removeFirst()
      }
      while let line = lines.first, line.slot <= slot {
        step.line = line
        lines.removeFirst()
      }
      try body(step)
      slot += instructions[slot].isWide ? 2 : 1
    }
  }

  /// Writes the instructions as `bpftool prog dump xlated` does.
  public func writeText(to output: BufferedOutput, _ options: ListingOptions) throws(SystemCallError) {
    try forEachStep { step throws(SystemCallError) in
      if let signature = step.function?.signature, !signature.isEmpty { try output.write("\(signature):\n") }
      if let place = step.line?.place, !place.text.isEmpty {
        try output.write("; \(place.text)\(options.contains(.lineNumbers) ? " [\(place.numbers)]" : "")\n")
      }
      let number = String(step.slot)
      let padding = String(repeating: " ", count: max(0, 4 - number.count))
      try output.write("\(padding)\(number): \(text(of: step.slot))\n")
      if options.contains(.opcodes) {
        try output.write("       \(bytes(of: step.slot).map(HexDigits.spaced).joined(separator: " "))\n")
      }
    }
  }

  /// The bytes of an instruction, slot by slot.
  func bytes(of slot: Int) -> [[UInt8]] {
    let count = instructions[slot].isWide ? 2 : 1
    return instructions[slot..<min(slot + count, instructions.count)].map { [$0].encoded() }
  }

  /// Writes the instructions as a JSON array with bpftool's members.
  public func write(to json: inout JSONWriter, _ options: ListingOptions) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      try forEachStep { step throws(SystemCallError) in
        try json.object { json throws(SystemCallError) in
          if let signature = step.function?.signature, !signature.isEmpty { try json.member("proto", signature) }
          if let place = step.line?.place, !place.text.isEmpty {
            try json.member("src", place.text)
            if options.contains(.lineNumbers) {
              if !place.file.isEmpty { try json.member("file", place.file) }
              if place.line != 0 { try json.member("line_num", place.line) }
              if place.column != 0 { try json.member("line_col", place.column) }
            }
          }
          try json.member("disasm", text(of: step.slot))
          if options.contains(.opcodes) { try writeOpcodes(of: step.slot, to: &json) }
        }
      }
    }
  }

  private func writeOpcodes(of slot: Int, to json: inout JSONWriter) throws(SystemCallError) {
    let instruction = instructions[slot]
    let bytes = Array(bytes(of: slot).joined())
    try json.name("opcodes")
    try json.object { json throws(SystemCallError) in
      let opcode = String(instruction.opcode, radix: 16)
      try json.member("code", "0x\(opcode.count == 1 ? "0" : "")\(opcode)")
      try json.member("src_reg", "0x\(String(instruction.sourceField, radix: 16))")
      try json.member("dst_reg", "0x\(String(instruction.destinationField, radix: 16))")
      try json.name("off")
      try json.bytes(bytes[2..<4])
      try json.name("imm")
      try json.bytes(bytes[4...])
    }
  }
}

extension SourcePlace {
  /// As `linum` shows it.
  var numbers: String { "file:\(file) line_num:\(line) line_col:\(column)" }
}
