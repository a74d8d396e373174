internal import BPF
public import KernelInterface
public import LinuxSystem

/// The programs of this network: on its interfaces, in its flow dissector and at its netfilter hooks.
public struct NetworkPrograms: Sendable {
  /// XDP programs of an interface.
  struct XDP: Sendable {
    var interface: InterfaceRecord
    /// In the order of the modes, each with its number.
    var programs: [(mode: String, id: UInt32)]
  }

  /// A program for the packets of an interface.
  struct Classifier: Sendable {
    var interface: InterfaceRecord
    /// Where, such as "tcx/ingress" or "clsact/egress".
    var place: String
    var name: String
    var programID: UInt32
    /// Of tcx and netkit, which have an order of programs and links; nil for filters.
    var entry: AttachedPrograms.Entry?
  }

  private var xdp: [XDP] = []
  private var classifiers: [Classifier] = []
  private var flowDissectors: [UInt32] = []
  private var hooks: [(place: NetfilterPlace, programID: UInt32)] = []

  /// Asks for the programs of all interfaces, or of one.
  ///
  /// - Parameter interface: the name of the one interface; nil for all, and what else a network has.
  /// - Throws: `ENODEV` when there is no such interface.
  public init(interface name: String?, kernel: any KernelCalls) throws(InspectorError) {
    let socket = try InspectorError.wrap { () throws(SystemCallError) in try RouteSocket(kernel) }
    do throws(NetlinkError) {
      var interfaces: [InterfaceRecord] = []
      if let name { interfaces.append(try socket.interface(named: name)) } else { interfaces = try socket.interfaces() }
      for interface in interfaces {
        let modes: [(XDPMode, String)] = [(.generic, "generic"), (.native, "driver"), (.offloaded, "offload")]
        let programs = modes.compactMap { mode, name in interface.xdp.programs[mode].map { (mode: name, id: $0) } }
        if !programs.isEmpty { xdp.append(XDP(interface: interface, programs: programs)) }
        classifiers += Self.ordered(interface, kernel)
        for (direction, place) in [(TrafficDirection.ingress, "clsact/ingress"), (.egress, "clsact/egress")] {
          // An interface without the discipline has no filters, which the kernel may say by an error.
          let filters = (try? socket.classifiers(interface: interface.index, direction, subject: interface.name)) ?? []
          classifiers += filters.map { filter in
            Classifier(
              interface: interface, place: place, name: filter.name, programID: filter.programID, entry: nil)
          }
        }
      }
    } catch { throw .library(.netlink(error)) }
    if name == nil {
      flowDissectors = Self.flowDissectors(kernel)
      hooks = try Self.hooks(kernel)
    }
  }

  /// The programs that run in an order; none on kernels without tcx and netkit.
  private static func ordered(_ interface: InterfaceRecord, _ kernel: any KernelCalls) -> [Classifier] {
    let places: [(AttachType, String)] = [
      (.tcxIngress, "tcx/ingress"), (.tcxEgress, "tcx/egress"), (.netkitPrimary, "netkit/primary"),
      (.netkitPeer, "netkit/peer"),
    ]
    return places.flatMap { type, place in
      let attached = try? kernel.attachedPrograms(at: interface.index, type, subject: interface.name)
      return (attached?.entries ?? []).map { entry in
        let info = try? kernel.programInfo(kernel.open(.program, id: entry.programID), withMaps: false)
        return Classifier(
          interface: interface, place: place, name: info?.name ?? "", programID: entry.programID, entry: entry)
      }
    }
  }

  private static func flowDissectors(_ kernel: any KernelCalls) -> [UInt32] {
    guard let network = try? FileSystem.open("/proc/thread-self/ns/net") else { return [] }
    let attached = network.withNumber {
      try? kernel.attachedPrograms(at: UInt32(bitPattern: $0), .flowDissector, subject: "this network")
    }
    return attached?.programIDs ?? []
  }

  /// Of all networks: the kernel does not tell which one a hook's link is of.
  private static func hooks(
    _ kernel: any KernelCalls
  ) throws(InspectorError) -> [(place: NetfilterPlace, programID: UInt32)] {
    var hooks: [(place: NetfilterPlace, programID: UInt32)] = []
    try ObjectLookup(.link, kernel: kernel).forEach { _, link throws(InspectorError) in
      guard let info = try? kernel.linkInfo(link),
        case .netfilter(let family, let hook, let priority, let flags) = info.target
      else { return }
      hooks.append(
        (NetfilterPlace(family: family, hook: hook, priority: priority, flags: flags), info.programID))
    }
    return hooks.sorted { one, other in
      (one.place.family, one.place.hook, one.place.priority) < (
        other.place.family, other.place.hook, other.place.priority
      )
    }
  }
}

extension NetworkPrograms {
  /// As bpftool prints it: a section for each kind of place.
  public var text: String {
    var text = "xdp:\n"
    for one in xdp {
      text += "\(Self.text(one.interface))\(one.programs.map { " \($0.mode) id \($0.id)" }.joined())\n"
    }
    text += "\ntc:\n"
    for one in classifiers {
      text += "\(Self.text(one.interface)) \(one.place)\(one.name.isEmpty ? "" : " \(one.name)")"
      if let entry = one.entry {
        text += " prog_id \(one.programID) "
        if let link = entry.linkID { text += "link_id \(link) " }
      } else {
        text += " id \(one.programID)"
      }
      text += "\n"
    }
    text += "\nflow_dissector:\n"
    for id in flowDissectors { text += "id \(id)\n" }
    text += "\nnetfilter:\n"
    for hook in hooks { text += "\n\t\(hook.place.text) prog_id \(hook.programID)\n" }
    return text + "\n"
  }

  private static func text(_ interface: InterfaceRecord) -> String { "\(interface.name)(\(interface.index))" }

  /// As a JSON array of one object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      try json.object { json throws(SystemCallError) in
        try json.name("xdp")
        try json.array { json throws(SystemCallError) in for one in xdp { try write(one, to: &json) } }
        try json.name("tc")
        try json.array { json throws(SystemCallError) in for one in classifiers { try write(one, to: &json) } }
        try json.name("flow_dissector")
        try json.array { json throws(SystemCallError) in
          for id in flowDissectors {
            try json.object { json throws(SystemCallError) in try json.member("id", id) }
          }
        }
        try json.name("netfilter")
        try json.array { json throws(SystemCallError) in
          for hook in hooks {
            try json.object { json throws(SystemCallError) in
              try hook.place.writeMembers(to: &json)
              try json.member("id", hook.programID)
            }
          }
        }
      }
    }
  }

  private func write(_ one: XDP, to json: inout JSONWriter) throws(SystemCallError) {
    func writeProgram(_ program: (mode: String, id: UInt32), _ json: inout JSONWriter) throws(SystemCallError) {
      try json.member("mode", program.mode)
      try json.member("id", program.id)
    }
    try json.object { json throws(SystemCallError) in
      try json.member("devname", one.interface.name)
      try json.member("ifindex", one.interface.index)
      if one.programs.count == 1 { return try writeProgram(one.programs[0], &json) }
      try json.name("multi_attachments")
      try json.array { json throws(SystemCallError) in
        for program in one.programs {
          try json.object { json throws(SystemCallError) in try writeProgram(program, &json) }
        }
      }
    }
  }

  private func write(_ one: Classifier, to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("devname", one.interface.name)
      try json.member("ifindex", one.interface.index)
      try json.member("kind", one.place)
      if !one.name.isEmpty { try json.member("name", one.name) }
      guard let entry = one.entry else { return try json.member("id", one.programID) }
      try json.member("prog_id", one.programID)
      try json.name("prog_flags")
      try json.array { json throws(SystemCallError) in
        for bit in 0..<UInt32(32) where entry.flags.rawValue >> bit & 1 != 0 { try json.value(UInt32(1) << bit) }
      }
      try json.member("link_id", entry.linkID ?? 0)
      try json.name("link_flags")
      try json.array { _ throws(SystemCallError) in }
    }
  }
}
