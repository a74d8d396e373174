internal import BPF
internal import KernelInterface
internal import LinuxSystem

/// A program whose section says what it is for, and not where: it goes where the user says.
struct TargetedProgram {
  /// What became of it.
  enum Outcome {
    case attached([Link])
    /// What is missing, and how to say it.
    case wanting(String)
  }

  private let program: ObjectProgram
  private let loaded: Program
  private let targets: AttachmentTargets

  init(_ program: ObjectProgram, _ loaded: Program, _ targets: AttachmentTargets) {
    self.program = program
    self.loaded = loaded
    self.targets = targets
  }

  /// Attaches it to all the targets that are meant for its kind.
  func attach() throws(BPFError) -> Outcome {
    switch program.type {
    case .xdp:
      if program.expectedAttachType != nil, program.expectedAttachType != .xdp {
        return .wanting("it belongs into a map of devices or CPUs, which a program of yours fills")
      }
      return try onInterfaces { interface throws(BPFError) in try loaded.attach(toXDPOf: interface) }
    case .schedulerClassifier: return try attachClassifier()
    case .cgroupSocketBuffer, .cgroupSocket, .cgroupSocketAddress, .socketOperations, .cgroupDevice, .cgroupSysctl,
      .cgroupSocketOption:
      return try attachToControlGroups()
    case .securityModule where program.expectedAttachType == .securityModuleCgroup: return try attachToControlGroups()
    case .perfEvent:
      let clock = PerfEvent.software(.cpuClock, .frequency(targets.frequency))
      return .attached([try loaded.attach(toEvent: clock, process: targets.process)])
    case .socketLookup, .flowDissector: return .attached([try loaded.attachToNetwork()])
    case .systemCall: return .wanting("it runs when it is called: bpf prog run")
    case .structOperations: return .attached([])
    default:
      return .wanting(
        program.section?.traits.contains(.namesTarget) == true
          ? "its section does not say to what: \(program.section?.prefix ?? "")/…"
          : "what it attaches to (a socket, a map, a hook of the network) has to be opened by a program of yours")
    }
  }

  private func attachClassifier() throws(BPFError) -> Outcome {
    switch program.expectedAttachType {
    case .netkitPrimary?:
      return try onInterfaces { interface throws(BPFError) in try loaded.attach(toNetkit: interface, .primary) }
    case .netkitPeer?:
      return try onInterfaces { interface throws(BPFError) in try loaded.attach(toNetkit: interface, .peer) }
    default: break
    }
    // A bare "tc" says no direction; what comes in is what people mean by default.
    let direction: TrafficDirection = program.expectedAttachType == .tcxEgress ? .egress : .ingress
    let hasTCX = program.expectedAttachType != nil && KernelFeatures.running.has(.link(.tcxIngress))
    return try onInterfaces { interface throws(BPFError) in
      if hasTCX { return try loaded.attach(toTCXOf: interface, direction) }
      return try loaded.attach(toClassifierOf: interface, direction).link
    }
  }

  private func onInterfaces(_ attach: (NetworkInterface) throws(BPFError) -> Link) throws(BPFError) -> Outcome {
    if targets.interfaces.isEmpty { return .wanting("say on which network interface: --dev NAME") }
    var links: [Link] = []
    for name in targets.interfaces { links.append(try attach(NetworkInterface(named: name))) }
    return .attached(links)
  }

  private func attachToControlGroups() throws(BPFError) -> Outcome {
    if targets.controlGroups.isEmpty {
      return .wanting("say for which control group: --cgroup PATH, as in --cgroup /sys/fs/cgroup")
    }
    var links: [Link] = []
    for path in targets.controlGroups {
      // A "cgroup/skb" says no direction.
      let bare = program.type == .cgroupSocketBuffer && program.expectedAttachType == nil
      links.append(try loaded.attach(toCgroup: ControlGroup(path: path), as: bare ? .cgroupInetIngress : nil))
    }
    return .attached(links)
  }
}
