internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// The objects of a kind that a word was given: all, or those of a reference.
struct ObjectSelection {
  private let reference: ObjectReference?
  let lookup: ObjectLookup

  /// Reads the reference off a call's words; without words it is all objects.
  init(_ kind: ObjectKind, takingFrom call: inout InspectorCall) throws(InspectorError) {
    reference = call.words.isEmpty ? nil : try ObjectReference(takingFrom: &call.words, allowing: kind.references)
    lookup = ObjectLookup(kind, kernel: call.kernel)
  }

  /// Reads a reference that has to be there.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` without one.
  init(_ kind: ObjectKind, takingOneFrom call: inout InspectorCall) throws(InspectorError) {
    // Without words, the reader of references says what is expected.
    reference = try ObjectReference(takingFrom: &call.words, allowing: kind.references)
    lookup = ObjectLookup(kind, kernel: call.kernel)
  }

  /// Whether one object was asked for, rather than all.
  var isOne: Bool { reference != nil }

  /// Calls `body` with each object.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when a reference means none.
  func forEach(_ body: (borrowing OwnedDescriptor) throws(InspectorError) -> Void) throws(InspectorError) {
    if let reference { return try lookup.forEach(meantBy: reference, body) }
    try lookup.forEach { _, object throws(InspectorError) in try body(object) }
  }

  /// Opens the one object that the reference means.
  ///
  /// - Throws: ``InspectorError/ambiguous(_:ids:)`` when it means several.
  func one() throws(InspectorError) -> OwnedDescriptor {
    guard let reference else { throw .usage("expected what to look at") }
    return try lookup.open(reference)
  }

  /// Opens the objects that the reference means, one or several of a name or a tag, and gives each away.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when it means none.
  func openEach(_ body: (consuming OwnedDescriptor) throws(InspectorError) -> Void) throws(InspectorError) {
    guard let reference else { throw .usage("expected what to look at") }
    switch reference {
    case .id, .pinned: try body(lookup.open(reference))
    case .name, .tag:
      var count = 0
      for id in try lookup.ids(of: reference) {
        let object: OwnedDescriptor
        do throws(InspectorError) { object = try lookup.open(id) } catch {
          // It may have gone since it was found.
          if error.errno == .noSuchFileOrDirectory { continue }
          throw error
        }
        count += 1
        try body(object)
      }
      if count == 0 { throw .notFound("nothing is left of \(reference)") }
    }
  }
}

extension ObjectKind {
  /// How an object of this kind can be named.
  var references: [ObjectReference.Kind] {
    switch self {
    case .program: ObjectReference.Kind.allCases
    case .map: [.id, .name, .pinned]
    case .link: [.id, .pinned]
    case .btf: [.id]
    }
  }
}
