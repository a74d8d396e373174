public import KernelInterface
public import LinuxSystem

/// Opens the objects that a reference means.
public struct ObjectLookup {
  /// What is looked for.
  public let kind: ObjectKind
  let kernel: any KernelCalls

  /// Looks for objects of a kind.
  public init(_ kind: ObjectKind, kernel: any KernelCalls = LiveKernel()) {
    self.kind = kind
    self.kernel = kernel
  }

  /// The ids of all objects, ascending.
  public func all() throws(InspectorError) -> [UInt32] {
    try InspectorError.wrap { () throws(SystemCallError) in try kernel.ids(of: kind) }
  }

  /// Calls `body` with each object that is there when its turn comes, and its id.
  ///
  /// What vanishes meanwhile is passed over, and what is still being made: the kernel has given a link its id before it
  /// is attached, and answers EAGAIN until then (`bpf_link_by_id` in `kernel/bpf/syscall.c`).
  public func forEach(
    _ body: (UInt32, borrowing OwnedDescriptor) throws(InspectorError) -> Void
  ) throws(InspectorError) {
    for id in try all() {
      let descriptor: OwnedDescriptor
      do throws(SystemCallError) {
        descriptor = try kernel.open(kind, id: id)
      } catch {
        if [.noSuchFileOrDirectory, .resourceTemporarilyUnavailable].contains(error.errno) { continue }
        throw .systemCall(error)
      }
      try body(id, descriptor)
    }
  }

  /// Opens the object of that id.
  public func open(_ id: UInt32) throws(InspectorError) -> OwnedDescriptor {
    do throws(SystemCallError) { return try kernel.open(kind, id: id) } catch {
      if error.errno == .noSuchFileOrDirectory {
        throw .systemCall(SystemCallError(call: "get by id", subject: "\(kind) \(id)", errno: error.errno))
      }
      throw .systemCall(error)
    }
  }

  /// Opens what is pinned at a path.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` when it is an object of another kind.
  public func open(pinned path: String) throws(InspectorError) -> OwnedDescriptor {
    let descriptor = try InspectorError.wrap { () throws(SystemCallError) in try kernel.openPin(path) }
    if let found = DescriptorFacts(descriptor).object?.kind, found != kind {
      throw .failed("\(path) is a \(found.word), not a \(kind.word)")
    }
    return descriptor
  }
}
