internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// The programs that a word was given: all, or those of a reference.
struct ProgramSelection {
  private let reference: ObjectReference?
  private let lookup: ObjectLookup

  /// Reads the reference off a call's words, and nothing but that; without words it is all programs.
  init(takingFrom call: inout InspectorCall) throws(InspectorError) {
    reference =
      call.words.isEmpty ? nil : try ObjectReference(takingFrom: &call.words, allowing: ObjectReference.Kind.allCases)
    try call.expectEnd()
    lookup = ObjectLookup(.program, kernel: call.kernel)
  }

  /// Whether one object was asked for, rather than all.
  var isOne: Bool { reference != nil }

  /// Calls `body` with each program.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when a reference means none.
  func forEach(_ body: (borrowing OwnedDescriptor) throws(InspectorError) -> Void) throws(InspectorError) {
    if let reference { return try lookup.forEach(meantBy: reference, body) }
    try lookup.forEach { _, program throws(InspectorError) in try body(program) }
  }
}
