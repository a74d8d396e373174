internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// The programs that a word was given: all, or those of a reference.
struct ProgramSelection {
  private let reference: ObjectReference?
  private let lookup: ObjectLookup
  private let kernel: any KernelCalls

  /// Reads the reference off a call's words, and nothing but that; without words it is all programs.
  init(takingFrom call: inout InspectorCall) throws(InspectorError) {
    reference =
      call.words.isEmpty ? nil : try ObjectReference(takingFrom: &call.words, allowing: ObjectReference.Kind.allCases)
    try call.expectEnd()
    lookup = ObjectLookup(.program, kernel: call.kernel)
    kernel = call.kernel
  }

  /// Whether one object was asked for, rather than all.
  var isOne: Bool { reference != nil }

  /// Calls `body` with each program.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when a reference means none.
  func forEach(_ body: (borrowing OwnedDescriptor) throws(InspectorError) -> Void) throws(InspectorError) {
    switch reference {
    case nil: try lookup.forEach { _, program throws(InspectorError) in try body(program) }
    case .id(let id): try body(lookup.open(id))
    case .pinned(let path): try body(lookup.open(pinned: path))
    case .tag, .name:
      var count = 0
      try lookup.forEach { _, program throws(InspectorError) in
        guard try matches(program) else { return }
        count += 1
        try body(program)
      }
      if count == 0 { throw .notFound("no program with \(reference.map { "\($0)" } ?? "that")") }
    }
  }

  private func matches(_ program: borrowing OwnedDescriptor) throws(InspectorError) -> Bool {
    let info: ProgramInfo
    do throws(SystemCallError) { info = try kernel.programInfo(program, withMaps: false) } catch {
      throw .systemCall(error)
    }
    switch reference {
    case .tag(let tag): return info.tag == tag
    case .name(let name): return info.name == name
    default: return false
    }
  }
}
