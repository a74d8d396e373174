/// What attaching an object came to.
public struct ObjectAttachment: Sendable {
  /// What was attached, in the order of the programs, then of the `struct_ops` maps; it lasts as long as they do.
  public var links: [Link] = []
  /// The programs that are loaded, switched on, and not attached, with the reasons.
  public var left: [UnattachedProgram] = []
}

/// A program that attaching its object left, for nothing says where it goes.
public struct UnattachedProgram: Error, Hashable, Sendable, CustomStringConvertible {
  /// What it lacks, or what else becomes of it.
  public enum Reason: Error, Hashable, Sendable {
    /// A network interface.
    case interface
    /// A control group.
    case controlGroup
    /// A frequency.
    case frequency
    /// A network.
    case network
    /// A place among the hooks of netfilter.
    case netfilterHook
    /// A map of sockets.
    case socketMap
    /// A socket, or a group of sockets that share a port.
    case socket
    /// An infrared receiver.
    case infraredReceiver
    /// The target behind the slash of its section's name.
    case target
    /// What its iterator goes over, in words.
    case iterated(String)
    /// It runs when another program calls it, or when something is sent on through a map that it has been put into.
    case element
    /// It runs when it is called from user space.
    case call
    /// It is named to the kernel's routing or traffic control by other tools (`ip route`, `tc action`).
    case route
  }

  /// The program's name.
  public var program: String
  /// The name of its section.
  public var section: String
  /// What it lacks.
  public var reason: Reason

  /// The facts, and the call that attaches it.
  public var description: String {
    "program '\(program)' (\(section)) is not attached: \(reason.remedy)"
  }
}

extension UnattachedProgram.Reason {
  /// What to do about it.
  fileprivate var remedy: String {
    switch self {
    case .interface:
      "name network interfaces (AttachmentTargets.interfaces), or call Program.attach(toXDPOf:) and others"
    case .controlGroup: "name control groups (AttachmentTargets.controlGroups), or call Program.attach(toCgroup:)"
    case .frequency: "say how often (AttachmentTargets.frequency), or call Program.attach(toEvent:)"
    case .network:
      "say that the network is meant (AttachmentTargets.includesNetwork), or call Program.attachToNetwork()"
    case .netfilterHook: "name places (AttachmentTargets.netfilterHooks), or call Program.attach(to:) with one"
    case .socketMap: "name maps of sockets (AttachmentTargets.socketMaps), or call Program.attach(toSocketMap:)"
    case .socket: "call Program.attach(toSocket:) or attach(toReusePortGroupOf:) with a socket"
    case .infraredReceiver: "call Program.attach(toInfraredReceiver:)"
    case .target: "its section names no target; set ObjectProgram.attachTarget before loading, or attach it by hand"
    case .iterated(let reason): reason
    case .element: "put it into the map by which it is called (ProgramArray, DeviceMap, CPUMap)"
    case .call: "call Program.run()"
    case .route: "pin it, and name it to ip or tc"
    }
  }
}
