internal import KernelInterface
internal import LinuxSystem
internal import Synchronization

extension Program {
  /// Attaches an iterator program, which runs for each thing of its kind whenever somebody reads the link.
  ///
  ///     let link = try program.attachIterator(over: .process(1234))
  ///     print(try link.text())
  ///
  /// What kind of things it visits (`iter/task`, `iter/bpf_map_elem`, …) was fixed when it was loaded. Pinned, the link
  /// is a file that everybody can read.
  ///
  /// *First kernel*: 5.8; see ``IteratorScope`` for its parts.
  ///
  /// - Throws: `EINVAL` where the kernel or the kind of iterator does not know the scope, `EBADF` for kinds that need a
  ///   map when there is none.
  public func attachIterator(over scope: IteratorScope = .everything) throws(BPFError) -> Link {
    let subject = "iterator '\(spec.name)' over \(scope)"
    return try link(subject) { () throws(SystemCallError) in
      if case .cgroup(let path, _) = scope {
        let directory = try FileSystem.open(path, .directory)
        return try directory.withNumber { number throws(SystemCallError) in
          try state(scope.parameters(directory: number), subject)
        }
      }
      return try state(scope.parameters(directory: nil), subject)
    }
  }

  private func state(_ parameters: [UInt8], _ subject: String) throws(SystemCallError) -> Link.State {
    Link.State(link: try kernel.createIteratorLink(descriptor, parameters: parameters, subject: subject))
  }
}

extension Link {
  /// Runs the iterator once: what its program wrote for all things.
  ///
  /// - Throws: ``BPFError/noKernelLink(_:)`` when the link is closed; `EINVAL` when it is no iterator's.
  public func read() throws(BPFError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Runs the iterator once: what its program wrote for all things, as text.
  ///
  /// - Throws: as ``read(_:)``.
  public func text() throws(BPFError) -> String { String(decoding: try read(), as: UTF8.self) }

  /// Runs the iterator once and hands over what its program wrote, piece by piece.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EACCES` when the program answered something else than 0 or 1; `E2BIG` when
  ///   it wrote more for one thing than a page of the sequence holds; what `body` throws.
  public func read(_ body: (UnsafeRawBufferPointer) throws(BPFError) -> Void) throws(BPFError) {
    let iterator: OwnedDescriptor = try openIterator()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { buffer.deallocate() }
    while true {
      let count: Int
      do throws(SystemCallError) {
        count = try iterator.read(into: buffer, subject: subject)
      } catch {
        // After a million things for which nothing was written (`bpf_seq_read` in kernel/bpf/bpf_iter.c).
        if error.errno == .resourceTemporarilyUnavailable { continue }
        throw .systemCall(error)
      }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private func openIterator() throws(BPFError) -> OwnedDescriptor {
    let number = try requireLink { link throws(SystemCallError) in try kernel.createIterator(link).disown() }
    return try BPFError.wrap { () throws(SystemCallError) in try OwnedDescriptor(adopting: number) }
  }
}
