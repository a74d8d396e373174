internal import BTF
public import Bytecode
internal import KernelInterface
internal import LinuxSystem

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
      text += "\(padding)\(number): \(instructions[index])\n"
      index += instructions[index].isWide ? 2 : 1
    }
    return text
  }
}

extension String {
  fileprivate var trimmed: Substring { drop { $0 == " " || $0 == "\t" } }
}

extension Program {
  /// What the kernel runs: the instructions as the verifier left them, with functions and source lines.
  ///
  /// *First kernel*: 4.13; functions and lines: 5.0. Needs CAP_SYS_ADMIN for types of other processes' programs.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EPERM` when the kernel shows no instructions.
  public func listing() throws(BPFError) -> ProgramListing {
    do throws(SystemCallError) {
      let bytes = try kernel.translatedInstructions(of: descriptor)
      let instructions: [Instruction]
      do throws(DecodingError) { instructions = try [Instruction](decoding: bytes) } catch {
        throw SystemCallError(call: "bpf(BPF_OBJ_GET_INFO_BY_FD)", subject: spec.name, errno: .badMessage)
      }
      var listing = ProgramListing(instructions: instructions, functions: [], lines: [])
      let typesID = try kernel.programInfo(descriptor, withMaps: false).btfID
      guard typesID != 0 else { return listing }
      let types: TypeGraph
      let blob = try kernel.btfBytes(kernel.open(.btf, id: typesID))
      do throws(BTFError) { types = try TypeGraph(bytes: blob) } catch {
        throw SystemCallError(call: "bpf(BPF_OBJ_GET_INFO_BY_FD)", subject: "types \(typesID)", errno: .badMessage)
      }
      let lines = try kernel.lineRecords(of: descriptor)
      for start in stride(from: 0, to: lines.count - 3, by: 4) {
        listing.lines.append(
          .init(
            instruction: Int(lines[start]),
            place: SourcePlace(
              file: types.string(at: lines[start + 1]), line: Int(lines[start + 3] >> 10),
              column: Int(lines[start + 3] & 0x3ff), text: types.string(at: lines[start + 2]))))
      }
      let functions = try kernel.functionRecords(of: descriptor)
      for start in stride(from: 0, to: functions.count - 1, by: 2) {
        let id = TypeID(functions[start + 1])
        let name = types.name(of: id)
        listing.functions.append(
          .init(
            instruction: Int(functions[start]), name: name,
            declaration: (try? types.declaration(of: Self.prototype(of: id, in: types), named: name)) ?? name))
      }
      return listing
    } catch {
      throw .systemCall(error)
    }
  }

  private static func prototype(of id: TypeID, in types: TypeGraph) throws(BTFError) -> TypeID {
    guard case .function(let function) = try types.type(id) else { return id }
    return function.prototype
  }
}
