public import KernelInterface
internal import LinuxSystem

/// A classifier program among the filters of an interface's `clsact` queueing discipline, until it is closed or goes
/// away.
public final class ClassifierAttachment: Sendable {
  /// The filter, with the numbers that the kernel chose where none were given.
  public let filter: ClassifierFilter
  /// The attachment; the kernel has no link for it, so it cannot be pinned.
  public let link: Link

  init(filter: ClassifierFilter, link: Link) {
    self.filter = filter
    self.link = link
  }

  /// Takes the filter off.
  public func close() { link.close() }
}

/// Which filter of a `clsact` queueing discipline a program becomes.
public struct ClassifierPlace: Hashable, Sendable {
  /// Filters with a smaller number run first; 0 lets the kernel choose one before all others.
  public var priority: UInt16
  /// What tells filters of one priority apart; 0 lets the kernel choose.
  public var handle: UInt32
  /// Whether the program's answer is what is done with the packet, rather than the number of a class.
  public var isDirectAction: Bool
  /// Whether it takes the place of the filter with the same numbers.
  public var isReplacing: Bool

  /// A new filter by default, whose numbers the kernel chooses.
  public init(priority: UInt16 = 0, handle: UInt32 = 0, isDirectAction: Bool = true, isReplacing: Bool = false) {
    self.priority = priority
    self.handle = handle
    self.isDirectAction = isDirectAction
    self.isReplacing = isReplacing
  }
}

extension Program {
  /// Attaches a classifier program as a filter of an interface (`tc filter add … bpf direct-action`).
  ///
  /// The interface gets the queueing discipline `clsact` when it has none; closing takes it away again when no filter
  /// has joined meanwhile. Where the kernel has tcx (6.6), ``attach(toTCXOf:_:at:expectedRevision:)`` is the better way.
  ///
  /// *First kernel*: 4.5.
  ///
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(
    toClassifierOf interface: NetworkInterface, _ direction: TrafficDirection,
    at place: ClassifierPlace = ClassifierPlace()
  ) throws(BPFError) -> ClassifierAttachment {
    let subject = "tc \(direction) of \(interface.name)"
    try require([.schedulerClassifier], for: subject)
    var made: ClassifierFilter?
    let link = try attach(to: subject, lacking: .program(.schedulerClassifier)) { () throws(NetlinkError) in
      let socket = try NetlinkError.wrap { () throws(SystemCallError) in try RouteSocket(kernel) }
      let createsQueueing = try !socket.hasClassifierQueueing(interface: interface.index, subject: subject)
      if createsQueueing { try socket.createClassifierQueueing(interface: interface.index, subject: subject) }
      let filter: ClassifierFilter
      do throws(NetlinkError) {
        filter = try socket.setClassifier(
          descriptor.withNumber { $0 }, name: spec.name, interface: interface.index, direction,
          priority: place.priority, handle: place.handle, isDirectAction: place.isDirectAction,
          replacing: place.isReplacing, subject: subject)
      } catch {
        if createsQueueing { socket.deleteEmptyClassifierQueueing(interface: interface.index, subject) }
        throw error
      }
      made = filter
      return Link.State(undo: {
        // Should another program have taken the place meanwhile, that one stays.
        let current = try? socket.classifiers(interface: interface.index, direction, subject: subject).first {
          $0.priority == filter.priority && $0.handle == filter.handle
        }
        if current?.programID == filter.programID {
          try? socket.deleteClassifier(
            interface: interface.index, direction, priority: filter.priority, handle: filter.handle, subject: subject)
        }
        if createsQueueing { socket.deleteEmptyClassifierQueueing(interface: interface.index, subject) }
      })
    } explain: { errno in
      switch errno {
      case .noSuchDevice: return .noSuchInterface(interface.name)
      case .fileExists:
        let others = (try? interface.classifiers(direction, kernel: kernel)) ?? []
        return .occupied(
          programIDs: others.filter { $0.priority == place.priority && $0.handle == place.handle }.map(\.programID))
      default:
        return (try? NetworkInterface(index: interface.index, kernel: kernel)) == nil
          ? .noSuchInterface(interface.name) : nil
      }
    }
    guard let filter = made else { throw .noKernelLink(subject) }
    return ClassifierAttachment(filter: filter, link: link)
  }
}

extension NetworkInterface {
  /// The BPF filters of one direction, in the order in which they run; empty without `clsact`.
  ///
  /// - Throws: ``BPFError/netlink(_:)``.
  public func classifiers(
    _ direction: TrafficDirection, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) -> [ClassifierFilter] {
    try BPFError.route(kernel) { socket throws(NetlinkError) in
      let subject = "tc \(direction) of \(name)"
      guard try socket.hasClassifierQueueing(interface: index, subject: subject) else { return [] }
      return try socket.classifiers(interface: index, direction, subject: subject)
    }
  }
}

extension RouteSocket {
  /// Takes `clsact` away when it has no filter.
  fileprivate borrowing func deleteEmptyClassifierQueueing(interface index: UInt32, _ subject: String) {
    for direction in TrafficDirection.allCases {
      guard let filters = try? filterCount(interface: index, direction, subject: subject), filters == 0 else { return }
    }
    try? deleteClassifierQueueing(interface: index, subject: subject)
  }
}
