import KernelInterface
import Testing

/// Whether the kernel has an object of that number.
func exists(_ kind: ObjectKind, _ id: UInt32) throws -> Bool {
  try LiveKernel().nextID(of: kind, after: id - 1) == id
}

/// Expects that an object goes.
///
/// The kernel frees some things when no reader can still see them, a little after their last reference went.
func expectGone(_ kind: ObjectKind, _ id: UInt32, sourceLocation: SourceLocation = #_sourceLocation) throws {
  #expect(try eventually { try !exists(kind, id) }, "\(kind) \(id) is still there", sourceLocation: sourceLocation)
}
