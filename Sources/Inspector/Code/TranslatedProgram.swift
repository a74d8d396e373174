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
      id = try kernel.programInfo(program, withMaps: false).id
      let listing = try ProgramListing(program, kernel: kernel) { FunctionSignature(of: $0, in: $1).text }
      instructions = listing.instructions
      functions = listing.functions.map { Function(slot: $0.instruction, signature: $0.declaration) }
      lines = listing.lines.map { line in
        var place = line.place
        place.text = String(place.text.drop { $0.isWhitespace })
        return Line(slot: line.instruction, place: place)
      }
      machineFunctions = try kernel.machineFunctions(of: program)
    } catch { throw .systemCall(error) }
    self.symbols = try? symbols.table()
    callBase = symbols.address(of: "__bpf_call_base") ?? 0
  }

  /// An instruction as the kernel writes it, with the names of what it calls and the numbers of maps.
  ///
  /// - Parameter namingCalls: whether calls of the program's own functions are named, as in a listing.
  func text(of slot: Int, namingCalls: Bool = true) -> String {
    let instruction = instructions[slot]
    let next = slot + 1 < instructions.count ? instructions[slot + 1] : nil
    if instruction.opcode == 0x85, let call = callText(instruction, isNamed: namingCalls) { return "(85) call \(call)" }
    return instruction.text(next: next, namesMapsByID: true)
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
