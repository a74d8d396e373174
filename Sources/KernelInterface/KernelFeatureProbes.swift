internal import Bytecode
internal import LinuxSystem

extension KernelFeature {
  /// The smallest program.
  static let nothing: [Instruction] = [.move(.r0, 0), .exit]

  /// `lock *(u64 *)(r10 -8) += r1`, with what was there before in r1.
  static let fetchingAtomic: [Instruction] = [
    .store(.doubleWord, 0, to: .r10, offset: -8), .move(.r1, 1),
    .atomic(.fetchAdd, .doubleWord, .r1, at: .r10, offset: -8), .move(.r0, 0), .exit,
  ]

  /// Signed division, a sign-extending move and a long jump.
  static let versionFour: [Instruction] = [
    .move(.r0, -4), .signedDivide(.r0, 2), .moveSigned(.r0, .r0, bits: 8), .longJump(0), .move(.r0, 0), .exit,
  ]

  /// One instruction more than small programs may have.
  static let large: [Instruction] = Array(repeating: .move(.r0, 0), count: 4096) + [.exit]
}

/// Each probe does something that fails in one way when the feature is there and in another when it is not.
extension KernelCalls {
  func probe(_ feature: KernelFeature) -> KernelFeatureAvailability {
    if case .helper(let helper, let type) = feature.facts.probe { return probe(helper, in: type) }
    switch feature {
    case .ringBuffer:
      return outcome("bpf(BPF_MAP_CREATE)") { () throws(SystemCallError) in
        let page = UInt32(clamping: MemoryPage.size)
        _ = try createMap(MapCreation(type: .ringBuffer, keySize: 0, valueSize: 0, maxEntries: page))
      }
    case .perfEventLinks:
      // There is no descriptor -1; a kernel without such links says so first (`link_create` in kernel/bpf/syscall.c).
      return probeLink(.tracepoint, .perfEvent, expecting: .badFileDescriptor) { _ in }
    case .kprobes: return probeFile("/sys/bus/event_source/devices/kprobe/type")
    case .uprobes: return probeFile("/sys/bus/event_source/devices/uprobe/type")
    case .kprobeMulti: return probeKprobeMulti(.traceKprobeMulti)
    case .kprobeSession: return probeKprobeMulti(.traceKprobeSession)
    case .uprobeMulti:
      // The root directory is no file to probe (`bpf_uprobe_multi_link_attach` in kernel/trace/bpf_trace.c).
      return withUnsafeBytes(of: UInt64(0)) { offsets in
        "/".withCString { path in
          probeLink(.kprobe, .traceUprobeMulti, expecting: .badFileDescriptor) { attribute in
            attribute.set(UnsafeRawPointer(path), at: 16)  // link_create.uprobe_multi.path
            attribute.set(offsets.baseAddress, at: 24)  // link_create.uprobe_multi.offsets
            attribute.set(UInt32(1), at: 48)  // link_create.uprobe_multi.cnt
          }
        }
      }
    case .fetchingAtomics: return probeLoad(KernelFeature.fetchingAtomic)
    case .instructionSetV4: return probeLoad(KernelFeature.versionFour)
    case .largePrograms: return probeLoad(KernelFeature.large)
    case .typeInformation: return probeFile("/sys/kernel/btf/vmlinux")
    default: return .missing(.unknownHelper)
    }
  }

  /// A call without arguments is refused for its arguments, unless the helper itself is refused before
  /// (`check_helper_call` in kernel/bpf/verifier.c).
  private func probe(_ helper: HelperFunction, in type: ProgramType) -> KernelFeatureAvailability {
    let code: [Instruction] = [.call(helper), .move(.r0, 0), .exit]
    do throws(ProgramRefusal) {
      _ = try loadProgram(ProgramLoad(type: type, instructions: code.encoded()), log: .always(.failingPath))
      return .available
    } catch {
      if error.error.errno == .notPermitted { return .missing(.notPermitted) }
      let log = String(decoding: error.log, as: UTF8.self)
      if log.contains("invalid func ") || log.contains("unknown func ") { return .missing(.unknownHelper) }
      if log.contains("cannot use helper") { return .missing(.forbiddenHelper) }
      if error.log.isEmpty {
        return .missing(.refused(call: error.error.call, errno: error.error.errno.rawValue))
      }
      return .available
    }
  }

  private func probeLoad(_ code: [Instruction]) -> KernelFeatureAvailability {
    probeLoad(ProgramLoad(type: .rawTracepoint, instructions: code.encoded()))
  }

  func probeLoad(_ load: ProgramLoad) -> KernelFeatureAvailability {
    do throws(ProgramRefusal) {
      _ = try loadProgram(load, log: .never)
      return .available
    } catch {
      return missing(error.error)
    }
  }

  /// Asks for a function that no kernel has: `ESRCH` comes from looking it up. (5.18 alone answers `EINVAL` there.)
  private func probeKprobeMulti(_ type: AttachType) -> KernelFeatureAvailability {
    "there_is_no_such_kernel_function".withCString { name in
      withUnsafeBytes(of: UInt64(UInt(bitPattern: name))) { names in
        probeLink(.kprobe, type, expecting: .noSuchProcess) { attribute in
          attribute.set(UInt32(1), at: 20)  // link_create.kprobe_multi.cnt
          attribute.set(names.baseAddress, at: 24)  // link_create.kprobe_multi.syms
        }
      }
    }
  }

  /// Tries to attach the smallest program to nothing.
  private func probeLink(
    _ programType: ProgramType, _ type: AttachType, expecting errno: SystemErrno,
    _ prepare: (inout BPFAttribute) -> Void
  ) -> KernelFeatureAvailability {
    let program: OwnedDescriptor
    do throws(ProgramRefusal) {
      program = try loadProgram(
        ProgramLoad(
          type: programType, expectedAttachType: type == .perfEvent ? nil : type,
          instructions: KernelFeature.nothing.encoded()), log: .never
      ).takeDescriptor()
    } catch {
      return missing(error.error)
    }
    let answer = program.withNumber { number in
      var attribute = BPFAttribute()
      attribute.set(number, at: 0)  // link_create.prog_fd
      if type == .perfEvent { attribute.set(CInt(-1), at: 4) }  // link_create.target_fd
      attribute.set(type.rawValue, at: 8)  // link_create.attach_type
      prepare(&attribute)
      return bpf(.linkCreate, &attribute)
    }
    if answer >= 0 {
      // Nobody expects a link on nothing; should there be one, it goes at once.
      _ = try? OwnedDescriptor(adopting: answer)
      return .available
    }
    if answer == -errno.rawValue { return .available }
    return missing(
      SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: "", errno: SystemErrno(rawValue: 0 &- answer)))
  }

  private func probeFile(_ path: String) -> KernelFeatureAvailability {
    do throws(SystemCallError) {
      _ = try open(path, .read)
      return .available
    } catch {
      return .missing(
        error.errno == .noSuchFileOrDirectory
          ? .noFile(path: path) : .refused(call: error.call, errno: error.errno.rawValue))
    }
  }

  private func outcome(_ call: String, _ body: () throws(SystemCallError) -> Void) -> KernelFeatureAvailability {
    do throws(SystemCallError) {
      try body()
      return .available
    } catch {
      return missing(error)
    }
  }

  private func missing(_ error: SystemCallError) -> KernelFeatureAvailability {
    .missing(.refused(call: error.call, errno: error.errno.rawValue))
  }
}
