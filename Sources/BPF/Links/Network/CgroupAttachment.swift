public import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches a program to a control group, for the processes in it and in those below.
  ///
  /// With a link (Linux 5.7) several programs share a place, as with `AttachFlags.allowMultiple`.
  ///
  /// - Parameters:
  ///   - type: the event; nil for what the program was loaded for, or for the only one that its type has.
  ///   - place: where among the others, Linux 6.17.
  ///   - flags: how others may join, for an attachment without a link.
  ///   - replaced: the program without a link whose place it takes (Linux 5.6); only without a link.
  ///   - expectedRevision: what ``ControlGroup/programs(_:effective:kernel:)`` told, for an attachment only if nothing has
  ///     changed since (Linux 6.17); nil for any.
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(
    toCgroup group: ControlGroup, as type: AttachType? = nil, at place: AttachPlace = .last,
    flags: AttachFlags = .allowMultiple, replacing replaced: Program? = nil, expectedRevision: UInt64? = nil,
    by method: AttachMethod = .automatic
  ) throws(BPFError) -> Link {
    let type = try cgroupAttachType(type, group)
    let subject = "\(type) of \(group.path)"
    let types = ProgramType.cgroupAttachTypes.filter { $0.attachTypes.contains(type) }.map(\.type)
    try require(types, for: subject)
    let position = try place.position(expectedRevision: expectedRevision)
    if position != AttachPosition(), (try? group.programs(type, kernel: kernel).revision) ?? nil == nil {
      // Older kernels pass over an expected revision, which must not be.
      throw .attachRefused(
        AttachRefusal(
          program: spec.name, place: subject,
          cause: .missing(facility: "order among programs of control groups", firstKernel: KernelVersion(6, 17))))
    }
    let target = group.descriptor.withNumber { UInt32(bitPattern: $0) }
    return try attach(to: subject, lacking: .link(.cgroupInetIngress)) { () throws(NetlinkError) in
      try NetlinkError.wrap { () throws(SystemCallError) in
        if method != .withoutLink, replaced == nil {
          do throws(SystemCallError) {
            return Link.State(
              link: try kernel.createOrderedLink(descriptor, type, target: target, at: position, subject: subject))
          } catch {
            guard error.errno == .invalidArgument, method == .automatic, type != .securityModuleCgroup else {
              throw error
            }
          }
        }
        try kernel.attach(
          descriptor, to: target, type, replaced == nil ? flags : flags.union(.replace),
          replacing: replaced?.descriptor.withNumber { $0 }, at: position, subject: subject)
        return Link.State(undo: { [self] in
          group.descriptor.withNumber { number in
            try? kernel.detach(descriptor, from: UInt32(bitPattern: number), type, subject: subject)
          }
        })
      }
    } explain: { errno in
      let others = { (try? group.programs(type, effective: true, kernel: self.kernel))?.programIDs ?? [] }
      return switch errno {
      case .notPermitted: others().isEmpty ? nil : .occupied(programIDs: others())
      case .noSuchFileOrDirectory: .noSuchNeighbour
      case .stale: .changed(revision: (try? group.programs(type, kernel: kernel))?.revision)
      case .fileExists: (try? info().id).map { .occupied(programIDs: [$0]) }
      case .invalidArgument:
        (try? info().id).flatMap { others().contains($0) ? .occupied(programIDs: [$0]) : nil } ?? mismatch(type, errno)
      default: nil
      }
    }
  }

  private func cgroupAttachType(_ type: AttachType?, _ group: ControlGroup) throws(BPFError) -> AttachType {
    if let type = type ?? spec.expectedAttachType { return type }
    let row = ProgramType.cgroupAttachTypes.first { $0.type == spec.type }
    guard let row, let first = row.attachTypes.first else {
      throw .attachRefused(
        AttachRefusal(
          program: spec.name, place: group.path,
          cause: .wrongProgramType(given: spec.type, expected: ProgramType.cgroupAttachTypes.map(\.type))))
    }
    // What is loaded without an expected attach type is checked for number 0, or for the first of its type.
    guard row.attachTypes.count == 1 || spec.type == .cgroupSocket else {
      throw .attachRefused(
        AttachRefusal(
          program: spec.name, place: group.path, cause: .wrongAttachType(given: nil, expected: first)))
    }
    return first
  }
}
