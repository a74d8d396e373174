import BPF
import BTF
import Bytecode
import KernelInterface
import TraceCompiler

/// Has the kernel verify and translate the programs of a script.
struct ProgramLoader {
  /// Whether a program is meant for one place at a time or for many with one link, which it must be loaded for.
  enum Reach: Hashable, Sendable {
    case single
    case manyKernelFunctions
    case manyUserFunctions
  }

  let kernel: any KernelCalls
  let maps: [Map]
  let configuration: ScriptConfiguration
  let log: VerifierLogRequest

  /// Loads a program.
  ///
  /// - Throws: ``BPFError/programRefused(_:)`` when the verifier or a privilege stands against it.
  func load(_ program: CompiledProgram, for reach: Reach = .single) throws(BPFError) -> Program {
    let code = program.code
    var spec = ProgramSpec(
      name: program.name, type: program.kind.programType,
      expectedAttachType: program.kind.attachType ?? reach.attachType,
      code: Assembly(instructions: code.instructions, relocations: code.relocations),
      license: configuration.license, attachTypeID: program.kind.attachTypeID)
    // The kernel wants functions described only where there is more than one.
    if code.functions.count > 1 {
      do throws(BTFError) {
        spec.types = try Self.types(of: code.functions)
      } catch {
        // Names that come from our compiler are always fit for BTF; were they not, the verifier would say what it lacks.
        spec.types = nil
      }
    }
    return try Program(spec, maps: maps, log: log, kernel: kernel)
  }

  /// Describes functions to the kernel: each one static and taking a context.
  ///
  /// The verifier looks at the parameters of global functions only; of a callback it wants to know that it is static
  /// (`check_ld_imm` in the kernel's `kernel/bpf/verifier.c`).
  static func types(of functions: [ProgramCode.Function]) throws(BTFError) -> ProgramSpec.TypeInformation {
    var builder = TypeGraphBuilder()
    let result = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let context = try builder.addPointer(to: .void)
    let prototype = try builder.addFunctionPrototype(returning: result, parameters: [.init("context", context)])
    var records: [UInt8] = []
    for function in functions {
      let type = try builder.addFunction(named: function.name, prototype: prototype, linkage: .static)
      // struct bpf_func_info: the first instruction's slot, the function's type.
      for word in [UInt32(truncatingIfNeeded: function.range.lowerBound), type.rawValue] {
        withUnsafeBytes(of: word) { records.append(contentsOf: $0) }
      }
    }
    return ProgramSpec.TypeInformation(
      btf: try builder.build(), functions: ProgramLoad.InfoRecords(bytes: records, recordSize: 8))
  }
}

extension ProgramLoader.Reach {
  fileprivate var attachType: AttachType? {
    switch self {
    case .single: nil
    case .manyKernelFunctions: .traceKprobeMulti
    case .manyUserFunctions: .traceUprobeMulti
    }
  }
}

extension CompiledProgram.Kind {
  fileprivate var programType: ProgramType {
    switch self {
    case .testRun, .rawTracepoint: .rawTracepoint
    case .tracepoint: .tracepoint
    case .typedRawTracepoint, .trampoline: .tracing
    case .kprobe: .kprobe
    case .perfEvent: .perfEvent
    }
  }

  fileprivate var attachType: AttachType? {
    switch self {
    case .typedRawTracepoint: .traceRawTracepoint
    case .trampoline(_, let isExit): isExit ? .traceFexit : .traceFentry
    default: nil
    }
  }

  fileprivate var attachTypeID: UInt32 {
    switch self {
    case .typedRawTracepoint(let typeID), .trampoline(let typeID, _): typeID
    default: 0
    }
  }
}
