/// Types that an object's are looked for among: a kernel's, a module's, or those of a file.
public struct CORETarget: Sendable {
  /// How messages call it: `vmlinux`, a module's name, or a path.
  public var name: String
  /// Its types; a module's graph has the kernel's as its base.
  public var types: TypeGraph

  /// Types and how to call them.
  public init(name: String, types: TypeGraph) {
    self.name = name
    self.types = types
  }
}

/// A type of a target that bears the name of an object's type, flavours apart.
struct CORECandidate {
  var target: CORETarget
  var id: TypeID

  /// `[123] struct foo of vmlinux`.
  var text: String {
    "\(id) \(target.types.kind(of: id)?.keyword ?? "type") \(target.types.name(of: id)) of \(target.name)"
  }
}
