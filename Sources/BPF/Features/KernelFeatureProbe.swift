internal import BTF
internal import Bytecode
internal import KernelInterface
internal import LinuxSystem

/// Finds out what a kernel can do: each probe does something that fails in one way when the feature is there and in
/// another when it is not.
struct KernelFeatureProbe {
  let kernel: any KernelCalls
  /// The types of the kernel and of its modules.
  let kernelTypes: KernelTypes

  /// The smallest program.
  static let nothing: [Instruction] = [.move(.r0, 0), .exit]

  func availability(of feature: KernelFeature) -> KernelFeatureAvailability {
    switch feature {
    case .program(let type, let attachType, let isSleepable):
      program(type, for: attachType, isSleepable: isSleepable)
    case .map(let type): map(type)
    case .mapOption(let option): mapOption(option)
    case .helper(let helper, let type): self.helper(helper, in: type)
    case .kernelFunction(let name): kernelFunction(name)
    case .typeKind(let kind): typeKind(kind)
    case .link(let type): link(type)
    case .ability(let ability): self.ability(ability)
    }
  }

  /// Loads a program and lets it go.
  func load(_ load: ProgramLoad) -> KernelFeatureAvailability {
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load, log: .never)
      return .available
    } catch {
      return Self.missing(error.error)
    }
  }

  func load(_ code: [Instruction]) -> KernelFeatureAvailability {
    load(ProgramLoad(type: .rawTracepoint, instructions: code.encoded()))
  }

  func file(_ path: String) -> KernelFeatureAvailability {
    do throws(SystemCallError) {
      _ = try kernel.open(path, .read)
      return .available
    } catch {
      return .missing(
        error.errno == .noSuchFileOrDirectory
          ? .noFile(path: path) : .refused(call: error.call, errno: error.errno.rawValue))
    }
  }

  /// Whether the kernel's type information has a name, which comes with the feature.
  func type(named name: String, _ kind: BTFKind) -> KernelFeatureAvailability {
    guard let types = try? kernelTypes.own() else { return .missing(.noFile(path: "/sys/kernel/btf/vmlinux")) }
    return types.id(named: name, kind: kind) == nil ? .missing(.noType(name: name)) : .available
  }

  func outcome(_ body: () throws(SystemCallError) -> Void) -> KernelFeatureAvailability {
    do throws(SystemCallError) {
      try body()
      return .available
    } catch {
      return Self.missing(error)
    }
  }

  /// The answer of a command that must fail: with `errno` where the kernel has it.
  func answer(_ command: BPFCall, _ answer: CInt, expecting errno: SystemErrno) -> KernelFeatureAvailability {
    if answer >= 0 {
      // Nobody expects a descriptor here; should there be one, it goes at once.
      _ = try? OwnedDescriptor(adopting: answer)
      return .available
    }
    if answer == -errno.rawValue { return .available }
    return .missing(.refused(call: "bpf(\(command.name))", errno: 0 &- answer))
  }

  static func missing(_ error: SystemCallError) -> KernelFeatureAvailability {
    .missing(.refused(call: error.call, errno: error.errno.rawValue))
  }
}
