public import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches an XDP program to an interface.
  ///
  /// With a link (Linux 5.9) it holds the place against all others; without (`RTM_SETLINK`) another process may take it
  /// off.
  ///
  /// - Parameters:
  ///   - mode: nil for the driver's own where it has one, else the generic one.
  ///   - replaced: the program without a link whose place it takes without a gap; only without a link.
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(
    toXDPOf interface: NetworkInterface, mode: XDPMode? = nil, replacing replaced: Program? = nil,
    by method: AttachMethod = .automatic
  ) throws(BPFError) -> Link {
    let place = "xdp of \(interface.name)"
    try require([.xdp], for: place)
    return try attach(to: place, lacking: .link(.xdp)) { () throws(NetlinkError) in
      if method != .withoutLink, replaced == nil {
        do throws(SystemCallError) {
          return Link.State(
            link: try kernel.createXDPLink(descriptor, interface: interface.index, XDPFlags(mode), subject: place))
        } catch {
          // Kernels without such links do not know the attach type; if it is for another reason, netlink says it in
          // words.
          guard error.errno == .invalidArgument, method == .automatic else { throw NetlinkError(error: error) }
        }
      }
      let socket = try NetlinkError.wrap { () throws(SystemCallError) in try RouteSocket(kernel) }
      let number = descriptor.withNumber { $0 }
      try socket.setXDP(
        number, interface: interface.index, XDPFlags(mode).union(replaced == nil ? .onlyNew : .replace),
        expected: replaced?.descriptor.withNumber { $0 }, subject: place)
      return Link.State(undo: { [self] in
        // The socket still speaks of the network that the program was attached in. Should another program have come
        // meanwhile, that one stays.
        try? socket.setXDP(
          nil, interface: interface.index, XDPFlags(mode).union(.replace), expected: descriptor.withNumber { $0 },
          subject: place)
      })
    } explain: { errno in
      switch errno {
      case .noSuchDevice: .noSuchInterface(interface.name)
      case .resourceBusy, .fileExists:
        .occupied(programIDs: (try? interface.xdpPrograms(kernel: kernel)).map { Array($0.values) } ?? [])
      default:
        (try? NetworkInterface(index: interface.index, kernel: kernel)) == nil
          ? .noSuchInterface(interface.name) : nil
      }
    }
  }
}

extension NetworkInterface {
  /// The numbers of the XDP programs by mode.
  ///
  /// - Throws: `ENODEV` when the interface is gone.
  public func xdpPrograms(kernel: any KernelCalls = LiveKernel()) throws(BPFError) -> [XDPMode: UInt32] {
    try BPFError.route(kernel) { socket throws(NetlinkError) in try socket.interface(index: index).xdp.programs }
  }
}
