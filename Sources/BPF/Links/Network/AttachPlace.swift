internal import KernelInterface

/// Where among the programs of one place a program goes.
///
/// Places that have an order: tcx (Linux 6.6), netkit (6.7), control groups (6.17).
public enum AttachPlace: Sendable {
  /// Behind all others.
  case last
  /// Before all others.
  case first
  /// Right before another.
  case before(Neighbour)
  /// Right behind another.
  case after(Neighbour)

  /// What is attached to the same place already.
  ///
  /// In control groups a link goes beside a link, and a program without one beside another such.
  public enum Neighbour: Sendable {
    /// A program without a link.
    case program(Program)
    /// A program without a link, by its number.
    case programID(UInt32)
    /// A link.
    case link(Link)
    /// A link by its number.
    case linkID(UInt32)
  }

  /// The place in the kernel's numbers.
  func position(expectedRevision: UInt64?) throws(BPFError) -> AttachPosition {
    var position = AttachPosition(expectedRevision: expectedRevision ?? 0)
    switch self {
    case .last: break
    case .first: position.flags = .before
    case .before(let neighbour):
      position.flags = .before
      try neighbour.identify(&position)
    case .after(let neighbour):
      position.flags = .after
      try neighbour.identify(&position)
    }
    return position
  }
}

extension AttachPlace.Neighbour {
  fileprivate func identify(_ position: inout AttachPosition) throws(BPFError) {
    position.flags.insert(.byID)
    switch self {
    case .program(let program): position.relative = try program.info().id
    case .programID(let id): position.relative = id
    case .link(let link):
      guard let info = try link.info() else { throw .noKernelLink(link.subject) }
      position.relative = info.id
      position.flags.insert(.byLink)
    case .linkID(let id):
      position.relative = id
      position.flags.insert(.byLink)
    }
  }
}

/// How a program is attached where the kernel has two ways.
public enum AttachMethod: Hashable, Sendable {
  /// With a link where the kernel has them for the place, else without.
  case automatic
  /// With a link, which can be pinned and updated and goes with its last descriptor whatever happens to the process.
  case link
  /// Without a link: the older way, which is undone when the ``Link`` object is closed and outlives a process that is
  /// killed.
  case withoutLink
}
