internal import KernelInterface
internal import LinuxSystem

/// Programs whose sections say what they are for, and not where: they go where the caller says.
extension ObjectAttacher {
  typealias Outcome = Result<[Link], UnattachedProgram.Reason>

  /// Attaches a program to all the targets that are meant for its kind.
  func attachToTargets(_ program: ObjectProgram, _ loaded: Program) throws(BPFError) -> Outcome {
    switch program.type {
    case .xdp:
      if program.expectedAttachType != nil, program.expectedAttachType != .xdp { return .failure(.element) }
      return try onInterfaces { interface throws(BPFError) in try loaded.attach(toXDPOf: interface) }
    case .schedulerClassifier: return try attachClassifier(program, loaded)
    case .cgroupSocketBuffer, .cgroupSocket, .cgroupSocketAddress, .socketOperations, .cgroupDevice, .cgroupSysctl,
      .cgroupSocketOption:
      return try attachToControlGroups(program, loaded)
    case .securityModule where program.expectedAttachType == .securityModuleCgroup:
      return try attachToControlGroups(program, loaded)
    case .perfEvent:
      guard let frequency = targets.frequency else { return .failure(.frequency) }
      return .success([
        try loaded.attach(
          toEvent: .software(.cpuClock, .frequency(frequency)), process: targets.process, cookie: program.cookie ?? 0)
      ])
    case .socketLookup, .flowDissector:
      return targets.includesNetwork ? .success([try loaded.attachToNetwork()]) : .failure(.network)
    case .netfilter:
      return try onEach(of: targets.netfilterHooks, lacking: .netfilterHook) { hook throws(BPFError) in
        try loaded.attach(to: hook)
      }
    case .socketMessage, .socketBuffer:
      return try onEach(of: targets.socketMaps, lacking: .socketMap) { name throws(BPFError) in
        guard let map = object.maps.first(where: { $0.spec.name == name }) else {
          throw .attach(.noSuchMap(name, object: object.spec.name))
        }
        return try loaded.attach(toSocketMap: map)
      }
    case .socketFilter, .socketReusePort: return .failure(.socket)
    case .lircMode2: return .failure(.infraredReceiver)
    case .systemCall: return .failure(.call)
    case .structOperations: return .success([])
    case .schedulerAction, .lwtIn, .lwtOut, .lwtXmit, .lwtSegment6Local: return .failure(.route)
    default: return .failure(.target)
    }
  }

  private func attachClassifier(_ program: ObjectProgram, _ loaded: Program) throws(BPFError) -> Outcome {
    switch program.expectedAttachType {
    case .netkitPrimary?:
      return try onInterfaces { interface throws(BPFError) in try loaded.attach(toNetkit: interface, .primary) }
    case .netkitPeer?:
      return try onInterfaces { interface throws(BPFError) in try loaded.attach(toNetkit: interface, .peer) }
    default: break
    }
    // A bare "tc" says no direction; what comes in is what people mean by default.
    let direction: TrafficDirection = program.expectedAttachType == .tcxEgress ? .egress : .ingress
    let hasTCX = program.expectedAttachType != nil && KernelFeatures(object.kernel).has(.link(.tcxIngress))
    return try onInterfaces { interface throws(BPFError) in
      if hasTCX { return try loaded.attach(toTCXOf: interface, direction) }
      return try loaded.attach(toClassifierOf: interface, direction).link
    }
  }

  private func onInterfaces(_ attach: (NetworkInterface) throws(BPFError) -> Link) throws(BPFError) -> Outcome {
    try onEach(of: targets.interfaces, lacking: .interface) { name throws(BPFError) in
      try attach(NetworkInterface(named: name, kernel: object.kernel))
    }
  }

  private func attachToControlGroups(_ program: ObjectProgram, _ loaded: Program) throws(BPFError) -> Outcome {
    // A "cgroup/skb" says no direction.
    let isBare = program.type == .cgroupSocketBuffer && program.expectedAttachType == nil
    return try onEach(of: targets.controlGroups, lacking: .controlGroup) { path throws(BPFError) in
      try loaded.attach(toCgroup: ControlGroup(path: path), as: isBare ? .cgroupInetIngress : nil)
    }
  }

  private func onEach<Place>(
    of places: [Place], lacking reason: UnattachedProgram.Reason, _ attach: (Place) throws(BPFError) -> Link
  ) throws(BPFError) -> Outcome {
    if places.isEmpty { return .failure(reason) }
    var links: [Link] = []
    for place in places { links.append(try attach(place)) }
    return .success(links)
  }
}
