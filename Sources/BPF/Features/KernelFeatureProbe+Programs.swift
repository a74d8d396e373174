internal import BTF
internal import Bytecode
internal import Diagnostics
internal import KernelInterface
internal import LinuxSystem

extension KernelFeatureProbe {
  /// Loads the smallest program of the kind.
  func program(
    _ type: ProgramType, for attachType: AttachType?, isSleepable: Bool
  ) -> KernelFeatureAvailability {
    // The kernel looks at what a kprobe program is meant for when it attaches it.
    if type == .kprobe, let attachType { return link(attachType) }
    var load = ProgramLoad(
      type: type, expectedAttachType: attachType, instructions: Self.nothing(answering: type, attachType).encoded())
    if isSleepable || type == .systemCall { load.flags = .sleepable }
    switch type {
    case .tracing, .securityModule:
      let attachType = attachType ?? (type == .tracing ? .traceRawTracepoint : .securityModule)
      load.expectedAttachType = attachType
      guard let target = Self.target(of: attachType, isSleepable: isSleepable) else { break }
      switch id(of: target.names, target.kind) {
      case .success(let id): load.attachTypeID = id
      case .failure(let absence): return .missing(absence.reason)
      }
    case .structOperations:
      // A function that gives a number, of the kernel's oldest structure of operations.
      switch structOperations(load) {
      case .success(let full): load = full
      case .failure(let absence): return .missing(absence.reason)
      }
    case .freplace:
      // Without a program to replace it is the verifier that refuses; a kernel that does not know the type says nothing.
      return reachesVerifier(load)
    case .cgroupSocketAddress where attachType == nil: load.expectedAttachType = .cgroupInet4Connect
    case .cgroupSocketOption where attachType == nil: load.expectedAttachType = .cgroupGetsockopt
    case .socketLookup: load.expectedAttachType = .skLookup
    case .netfilter: load.expectedAttachType = .netfilter
    default: break
    }
    return self.load(load)
  }

  /// A program that answers what its kind may answer.
  static func nothing(answering type: ProgramType, _ attachType: AttachType?) -> [Instruction] {
    switch type {
    case .cgroupSocketBuffer, .cgroupSocket, .socketOperations, .cgroupDevice, .cgroupSocketAddress, .cgroupSysctl,
      .cgroupSocketOption:
      [.move(.r0, 1), .exit]
    case .securityModule where attachType == .securityModuleCgroup: [.move(.r0, 1), .exit]
    default: nothing
    }
  }

  private struct Absence: Error {
    var reason: KernelFeatureAvailability.Reason
  }

  /// Functions of the kernel that take such programs, by preference.
  private static func target(of type: AttachType, isSleepable: Bool) -> (names: [String], kind: BTFKind)? {
    switch type {
    case .traceRawTracepoint: (["btf_trace_sched_switch"], .typedef)
    case .traceFentry, .traceFexit, .traceFsession:
      // Only functions into which errors may be injected may sleep, as system calls.
      isSleepable
        ? (["__x64_sys_nanosleep", "__arm64_sys_nanosleep"], .function) : (["bpf_fentry_test1"], .function)
    case .modifyReturn: (["bpf_modify_return_test"], .function)
    case .traceIterator: (["bpf_iter_task"], .function)
    case .securityModule: (["bpf_lsm_file_open"], .function)
    case .securityModuleCgroup: (["bpf_lsm_socket_bind"], .function)
    default: nil
    }
  }

  private func id(of names: [String], _ kind: BTFKind) -> Result<UInt32, Absence> {
    guard let types = try? kernelTypes.own() else {
      return .failure(Absence(reason: .noFile(path: "/sys/kernel/btf/vmlinux")))
    }
    for name in names {
      if let id = types.id(named: name, kind: kind) { return .success(id.rawValue) }
    }
    return .failure(Absence(reason: .noType(name: names.first ?? "")))
  }

  private func structOperations(_ load: ProgramLoad) -> Result<ProgramLoad, Absence> {
    id(of: ["tcp_congestion_ops"], .structure).flatMap { id in
      guard case .structure(let structure)? = try? kernelTypes.own().type(TypeID(id)),
        let member = structure.members.firstIndex(where: { $0.name == "ssthresh" })
      else { return .failure(Absence(reason: .noType(name: "tcp_congestion_ops.ssthresh"))) }
      var load = load
      load.attachTypeID = id
      load.expectedAttachType = AttachType(rawValue: UInt32(truncatingIfNeeded: member))
      return .success(load)
    }
  }

  /// Whether a program that cannot be loaded is refused by the verifier, who then says something.
  private func reachesVerifier(_ load: ProgramLoad) -> KernelFeatureAvailability {
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load, log: .always(.failingPath))
      return .available
    } catch {
      return error.log.isEmpty ? Self.missing(error.error) : .available
    }
  }

  /// A call without arguments is refused for its arguments, unless the helper itself is refused before
  /// (`check_helper_call` in kernel/bpf/verifier.c).
  func helper(_ helper: HelperFunction, in type: ProgramType) -> KernelFeatureAvailability {
    let code: [Instruction] = [.call(helper)] + Self.nothing(answering: type, nil)
    var load = ProgramLoad(type: type, instructions: code.encoded())
    switch type {
    case .cgroupSocketAddress: load.expectedAttachType = .cgroupInet4Connect
    case .cgroupSocketOption: load.expectedAttachType = .cgroupGetsockopt
    case .socketLookup: load.expectedAttachType = .skLookup
    case .netfilter: load.expectedAttachType = .netfilter
    case .systemCall: load.flags = .sleepable
    case .tracing, .securityModule:
      load.expectedAttachType = type == .tracing ? .traceRawTracepoint : .securityModule
      guard let target = Self.target(of: load.expectedAttachType ?? .traceRawTracepoint, isSleepable: false) else {
        break
      }
      switch id(of: target.names, target.kind) {
      case .success(let id): load.attachTypeID = id
      case .failure(let absence): return .missing(absence.reason)
      }
    case .structOperations:
      switch structOperations(load) {
      case .success(let full): load = full
      case .failure(let absence): return .missing(absence.reason)
      }
    default: break
    }
    return answer(to: load)
  }

  private func answer(to load: ProgramLoad) -> KernelFeatureAvailability {
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load, log: .always(.failingPath))
      return .available
    } catch {
      if error.error.errno == .notPermitted { return .missing(.notPermitted) }
      let log = String(decoding: error.log, as: UTF8.self)
      if log.contains(text: "invalid func ") || log.contains(text: "unknown func ") { return .missing(.unknownHelper) }
      // The second since 6.13.
      if log.contains(text: "cannot use helper") || log.contains(text: "program of this type cannot use helper") {
        return .missing(.forbiddenHelper)
      }
      if error.log.isEmpty { return Self.missing(error.error) }
      return .available
    }
  }

  /// Looks for a kfunc in the types of the kernel and of its modules.
  ///
  /// Kfuncs are functions with the declaration tag `bpf_kfunc`, where the type information has tags (Linux 6.10); before,
  /// any function of the name may be one.
  func kernelFunction(_ name: String) -> KernelFeatureAvailability {
    guard let own = try? kernelTypes.own() else { return .missing(.noFile(path: "/sys/kernel/btf/vmlinux")) }
    var isThere = false
    if let id = own.id(named: name, kind: .function) {
      if Self.isKernelFunction(id, of: own) { return .available }
      isThere = true
    }
    for module in kernelTypes.moduleNames() {
      // A module that goes meanwhile, or whose types are malformed, has nothing to say.
      guard let found = try? kernelTypes.find(name, [.function], module: module) else { continue }
      if Self.isKernelFunction(found.id, of: found.types) { return .available }
      isThere = true
    }
    return .missing(.noType(name: isThere ? "kfunc \(name)" : name))
  }

  private static func isKernelFunction(_ id: TypeID, of types: TypeGraph) -> Bool {
    var hasTags = false
    for tag in types.ids(of: .declarationTag) {
      guard types.name(of: tag) == "bpf_kfunc", case .declarationTag(let tagged)? = try? types.type(tag) else {
        continue
      }
      hasTags = true
      if tagged.target == id { return true }
    }
    return !hasTags
  }
}
