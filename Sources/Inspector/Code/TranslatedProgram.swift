internal import BPF
internal import BTF
public import Bytecode
public import KernelInterface
public import LinuxSystem
public import Symbols

/// A program's instructions as the verifier left them, with what names what they refer to.
public struct TranslatedProgram: Sendable {
  /// A function's beginning.
  struct Function: Sendable {
    /// Its first slot.
    var slot: Int
    /// Its declaration; "" when its type is malformed.
    var signature: String
  }

  /// The beginning of a source line's instructions.
  struct Line: Sendable {
    /// The first slot.
    var slot: Int
    var place: SourcePlace
  }

  /// The program's number.
  public let id: UInt32
  /// All slots.
  public let instructions: [Instruction]
  /// The functions in the order of the slots; empty without type information.
  let functions: [Function]
  /// The source lines in the order of the slots; empty without type information.
  let lines: [Line]
  /// Where the functions' machine code is, by the functions' numbers; empty when the program is interpreted.
  let machineFunctions: [MachineFunction]
  private let symbols: KernelSymbolTable?
  /// What the numbers of calls are counted from (`__bpf_call_base`).
  private let callBase: UInt64

  /// Asks the kernel for a program's instructions.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` with the reason when the kernel keeps them to itself.
  public init(
    _ program: borrowing OwnedDescriptor, symbols: KernelSymbols, kernel: any KernelCalls = LiveKernel()
  ) throws(InspectorError) {
    do throws(SystemCallError) {
      let info = try kernel.programInfo(program, withMaps: false)
      id = info.id
      let bytes = try kernel.translatedInstructions(of: program)
      guard bytes.contains(where: { $0 != 0 }) else { throw Self.hidden(info.id) }
      // Of what the kernel gives nothing has to be an instruction that this table knows.
      instructions = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
        Instruction(encoded: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: UInt64.self) })
      }
      machineFunctions = try kernel.machineFunctions(of: program)
      if let types = try ProgramTypes(program, info, kernel) {
        functions = types.functions
        lines = types.lines
      } else {
        functions = []
        lines = []
      }
    } catch { throw .systemCall(error) }
    self.symbols = try? symbols.table()
    callBase = symbols.address(of: "__bpf_call_base") ?? 0
  }

  private static func hidden(_ id: UInt32) -> SystemCallError {
    SystemCallError(
      call: "bpf(BPF_OBJ_GET_INFO_BY_FD)",
      subject: "instructions of program \(id), which the kernel hides: CAP_BPF and CAP_PERFMON are needed, and with "
        + "net.core.bpf_jit_harden also a kernel.kptr_restrict that shows addresses",
      errno: .notPermitted)
  }

  /// An instruction as the kernel writes it, with the names of what it calls and the numbers of maps.
  ///
  /// - Parameter namingCalls: whether calls of the program's own functions are named, as in a listing.
  func text(of slot: Int, namingCalls: Bool = true) -> String {
    let instruction = instructions[slot]
    let next = slot + 1 < instructions.count ? instructions[slot + 1] : nil
    if instruction.opcode == 0x85, let call = callText(instruction, isNamed: namingCalls) { return "(85) call \(call)" }
    if instruction.isWide {
      let target = "(18) r\(instruction.destinationField) = "
      switch WideLoadKind(rawValue: instruction.sourceField) {
      case .map: return "\(target)map[id:\(instruction.immediate)]"
      case .mapValue: return "\(target)map[id:\(instruction.immediate)][0]+\(next?.immediate ?? 0)"
      default: break
      }
    }
    return instruction.text(next: next)
  }

  /// Whom an instruction calls; nil for helpers whose numbers the table has.
  private func callText(_ instruction: Instruction, isNamed: Bool) -> String? {
    let number = instruction.immediate
    if instruction.callKind == .function {
      let distance = instruction.offset < 0 ? "\(instruction.offset)" : "+\(instruction.offset)"
      guard isNamed, !machineFunctions.isEmpty else { return "pc\(distance)" }
      let address = machineFunctions.indices.contains(Int(number)) ? machineFunctions[Int(number)].address : 0
      return "pc\(distance)#\(symbol(at: address) ?? "0x\(String(address, radix: 16))")"
    }
    if instruction.callKind == .helper, HelperFunction(rawValue: number).name != nil { return nil }
    let address = callBase &+ UInt64(bitPattern: Int64(number))
    return "\(symbol(at: address) ?? "0x\(String(address, radix: 16))")#\(number)"
  }

  /// The name of what begins at an address.
  private func symbol(at address: UInt64) -> String? {
    guard address != 0, let found = symbols?.location(of: address), found.offset == 0 else { return nil }
    return found.name
  }
}

/// What a program's type information says of its instructions.
private struct ProgramTypes {
  var functions: [TranslatedProgram.Function] = []
  var lines: [TranslatedProgram.Line] = []

  /// Nil for a program without.
  init?(
    _ program: borrowing OwnedDescriptor, _ info: ProgramInfo, _ kernel: any KernelCalls
  ) throws(SystemCallError) {
    guard info.btfID != 0 else { return nil }
    let bytes = try kernel.btfBytes(kernel.open(.btf, id: info.btfID))
    // Malformed types, which the kernel would not have taken, name nothing.
    guard let types = try? TypeGraph(bytes: bytes) else { return nil }
    let lineRecords = try kernel.lineRecords(of: program)
    for start in stride(from: 0, to: lineRecords.count - 3, by: 4) {
      lines.append(
        .init(
          slot: Int(lineRecords[start]),
          place: SourcePlace(
            file: types.string(at: lineRecords[start + 1]), line: Int(lineRecords[start + 3] >> 10),
            column: Int(lineRecords[start + 3] & 0x3ff),
            text: String(types.string(at: lineRecords[start + 2]).drop { $0.isWhitespace }))))
    }
    let functionRecords = try kernel.functionRecords(of: program)
    for start in stride(from: 0, to: functionRecords.count - 1, by: 2) {
      functions.append(
        .init(
          slot: Int(functionRecords[start]),
          signature: FunctionSignature(of: TypeID(functionRecords[start + 1]), in: types).text))
    }
  }
}
