public import BTF
public import Bytecode
public import KernelInterface
public import LinuxSystem

/// A program's instructions as the verifier left them, with the functions and source lines they come from.
///
///     print(try program.listing())
///
///     int count(void *context):
///     ; struct task_struct *task = (void *)bpf_get_current_task();
///        0: (85) call bpf_get_current_task#…
public struct ProgramListing: Hashable, Sendable, CustomStringConvertible {
  /// A function's beginning.
  public struct Function: Hashable, Sendable {
    /// Its first slot.
    public var instruction: Int
    /// Its name.
    public var name: String
    /// Its declaration in C.
    public var declaration: String
  }

  /// The beginning of a source line's instructions.
  public struct Line: Hashable, Sendable {
    /// The first slot.
    public var instruction: Int
    /// The line.
    public var place: SourcePlace
  }

  /// All slots.
  public var instructions: [Instruction]
  /// The functions in the order of the instructions; empty without type information.
  public var functions: [Function]
  /// The source lines in the order of the instructions; empty without type information.
  public var lines: [Line]

  /// The text, as inspection tools write it.
  public var description: String {
    var text = ""
    var functions = functions[...]
    var lines = lines[...]
    var index = 0
    while index < instructions.count {
      while let function = functions.first, function.instruction <= index {
        text += "\(function.declaration):\n"
        functions.removeFirst()
      }
      while let line = lines.first, line.instruction <= index {
        if !line.place.text.isEmpty { text += "; \(line.place.text.trimmed)\n" }
        lines.removeFirst()
      }
      let number = String(index)
      let padding = String(repeating: " ", count: max(0, 4 - number.count))
      let next = instructions.indices.contains(index + 1) ? instructions[index + 1] : nil
      text += "\(padding)\(number): \(instructions[index].text(next: next, namesMapsByID: true))\n"
      index += instructions[index].isWide ? 2 : 1
    }
    return text
  }
}

extension String {
  fileprivate var trimmed: Substring { drop { $0 == " " || $0 == "\t" } }
}

extension ProgramListing {
  /// Asks the kernel for a program's instructions.
  ///
  /// Of what the kernel shows nothing has to be an instruction of the instruction set: the verifier puts in some of its
  /// own. Types of a form that is not known here name nothing.
  ///
  /// - Parameter declaring: how functions are declared, by their types.
  /// - Throws: `SystemCallError`: `EPERM` when the kernel keeps the instructions to itself.
  public init(
    _ program: borrowing OwnedDescriptor, kernel: any KernelCalls = LiveKernel(),
    declaring: (TypeID, TypeGraph) -> String = Self.declaration
  ) throws(SystemCallError) {
    let info = try kernel.programInfo(program, withMaps: false)
    let bytes = try kernel.translatedInstructions(of: program)
    guard bytes.contains(where: { $0 != 0 }) else { throw Self.hidden(info.id) }
    instructions = [Instruction](slots: bytes)
    functions = []
    lines = []
    guard info.btfID != 0 else { return }
    let blob = try kernel.btfBytes(kernel.open(.btf, id: info.btfID))
    guard let types = try? TypeGraph(bytes: blob) else { return }
    let lineRecords = try kernel.lineRecords(of: program)
    for start in stride(from: 0, to: lineRecords.count - 3, by: 4) {
      lines.append(
        Line(
          instruction: Int(lineRecords[start]),
          place: SourcePlace(
            file: types.string(at: lineRecords[start + 1]), line: Int(lineRecords[start + 3] >> 10),
            column: Int(lineRecords[start + 3] & 0x3ff), text: types.string(at: lineRecords[start + 2]))))
    }
    let functionRecords = try kernel.functionRecords(of: program)
    for start in stride(from: 0, to: functionRecords.count - 1, by: 2) {
      let id = TypeID(functionRecords[start + 1])
      functions.append(
        Function(
          instruction: Int(functionRecords[start]), name: types.name(of: id), declaration: declaring(id, types)))
    }
  }

  /// A function's declaration in C; its name when its type is malformed.
  public static func declaration(of function: TypeID, in types: TypeGraph) -> String {
    let name = types.name(of: function)
    guard case .function(let facts)? = try? types.type(function) else { return name }
    return (try? types.declaration(of: facts.prototype, named: name)) ?? name
  }

  private static func hidden(_ id: UInt32) -> SystemCallError {
    SystemCallError(
      call: "bpf(BPF_OBJ_GET_INFO_BY_FD)",
      subject: "instructions of program \(id), which the kernel hides: CAP_BPF and CAP_PERFMON are needed, and with "
        + "net.core.bpf_jit_harden also a kernel.kptr_restrict that shows addresses",
      errno: .notPermitted)
  }
}

extension Program {
  /// What the kernel runs: the instructions as the verifier left them, with functions and source lines.
  ///
  /// *First kernel*: 4.13; functions and lines: 5.0. Needs CAP_SYS_ADMIN for types of other processes' programs.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` when the kernel shows no instructions.
  public func listing() throws(BPFError) -> ProgramListing {
    do throws(SystemCallError) { return try ProgramListing(descriptor, kernel: kernel) } catch {
      throw .systemCall(error)
    }
  }
}
