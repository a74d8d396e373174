internal import BTF
internal import Bytecode
internal import KernelInterface
internal import LinuxSystem

extension KernelFeatureProbe {
  /// Tries to attach the smallest program to nothing, and looks at the error.
  func link(_ type: AttachType) -> KernelFeatureAvailability {
    switch type {
    case .perfEvent: link(.tracepoint, type, expecting: .badFileDescriptor)
    case .traceKprobeMulti, .traceKprobeSession: kprobes(type)
    case .traceUprobeMulti, .traceUprobeSession: uprobes(type)
    case .cgroupInetIngress: link(.cgroupSocketBuffer, type, expecting: .badFileDescriptor)
    case .flowDissector: link(.flowDissector, type, expecting: .badFileDescriptor)
    case .skSkbVerdict: link(.socketBuffer, type, expecting: .badFileDescriptor)
    case .traceIterator: iterator()
    case .netfilter: link(.netfilter, type, expecting: .addressFamilyNotSupported)
    // There is no network device 0.
    case .tcxIngress, .netkitPrimary:
      link(.schedulerClassifier, type, expecting: .noSuchDevice) { $0.set(CInt(0), at: 4) }
    // Their errors do not tell: the kernel's function for them does.
    case .xdp: self.type(named: "bpf_xdp_link_attach", .function)
    case .traceFentryMulti, .traceFexitMulti, .traceFsessionMulti:
      self.type(named: "bpf_tracing_multi_attach", .function)
    case .structOps: self.type(named: "bpf_struct_ops_link_create", .function)
    default: .missing(.refused(call: "bpf(BPF_LINK_CREATE)", errno: SystemErrno.invalidArgument.rawValue))
    }
  }

  /// Asks for a function that no kernel has: `ESRCH` comes from looking it up. (5.18 alone answers `EINVAL` there.)
  private func kprobes(_ type: AttachType) -> KernelFeatureAvailability {
    "there_is_no_such_kernel_function".withCString { name in
      withUnsafeBytes(of: UInt64(UInt(bitPattern: name))) { names in
        link(.kprobe, type, expecting: .noSuchProcess) { attribute in
          attribute.set(UInt32(1), at: 20)  // link_create.kprobe_multi.cnt
          attribute.set(UInt64(UInt(bitPattern: names.baseAddress)), at: 24)  // link_create.kprobe_multi.syms
        }
      }
    }
  }

  /// The root directory is no file to probe (`bpf_uprobe_multi_link_attach` in kernel/trace/bpf_trace.c).
  private func uprobes(_ type: AttachType) -> KernelFeatureAvailability {
    withUnsafeBytes(of: UInt64(0)) { offsets in
      "/".withCString { path in
        link(.kprobe, type, expecting: .badFileDescriptor) { attribute in
          attribute.set(UInt64(UInt(bitPattern: path)), at: 16)  // link_create.uprobe_multi.path
          attribute.set(UInt64(UInt(bitPattern: offsets.baseAddress)), at: 24)  // link_create.uprobe_multi.offsets
          attribute.set(UInt32(1), at: 48)  // link_create.uprobe_multi.cnt
        }
      }
    }
  }

  /// A link of an iterator does nothing until it is read; this one goes at once.
  private func iterator() -> KernelFeatureAvailability {
    guard let id = try? kernelTypes.own().id(named: "bpf_iter_task", kind: .function) else {
      return .missing(.noType(name: "bpf_iter_task"))
    }
    let load = ProgramLoad(
      type: .tracing, expectedAttachType: .traceIterator, instructions: Self.nothing.encoded(),
      attachTypeID: id.rawValue)
    return link(load, .traceIterator, expecting: .badFileDescriptor) { $0.set(CInt(0), at: 4) }
  }

  private func link(
    _ programType: ProgramType, _ type: AttachType, expecting errno: SystemErrno,
    _ prepare: (inout BPFAttribute) -> Void = { _ in }
  ) -> KernelFeatureAvailability {
    let isLoadedFor = type != .perfEvent && programType != .schedulerClassifier
    let load = ProgramLoad(
      type: programType, expectedAttachType: isLoadedFor ? type : nil,
      instructions: Self.nothing(answering: programType, type).encoded())
    return link(load, type, expecting: errno, prepare)
  }

  private func link(
    _ load: ProgramLoad, _ type: AttachType, expecting errno: SystemErrno, _ prepare: (inout BPFAttribute) -> Void
  ) -> KernelFeatureAvailability {
    do throws(ProgramRefusal) {
      let program = try kernel.loadProgram(load, log: .never).takeDescriptor()
      return program.withNumber { number in
        var attribute = BPFAttribute()
        attribute.set(number, at: 0)  // link_create.prog_fd
        // Multi-probes have no target; the others are given one that is not there.
        let hasTarget = load.type != .kprobe && type != .netfilter
        if hasTarget { attribute.set(CInt(-1), at: 4) }  // link_create.target_fd
        attribute.set(type.rawValue, at: 8)  // link_create.attach_type
        prepare(&attribute)
        return answer(.linkCreate, kernel.bpf(.linkCreate, &attribute), expecting: errno)
      }
    } catch {
      return Self.missing(error.error)
    }
  }
}
