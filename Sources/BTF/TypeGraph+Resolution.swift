extension TypeGraph {
  /// How long a chain of modifiers, arrays and pointers may be; the kernel's own limit is 32
  /// (`MAX_RESOLVE_DEPTH` in kernel/bpf/btf.c).
  static let chainLimit = 64

  /// The type behind typedefs, const, volatile, restrict and type tags.
  ///
  /// - Throws: for an id that is not there, and for a chain that does not end.
  public func resolve(_ id: TypeID) throws(BTFError) -> TypeID { try resolve(id) { _ in true } }

  /// The type behind const, volatile, restrict and type tags, which may be a typedef.
  ///
  /// - Throws: for an id that is not there, and for a chain that does not end.
  public func resolveQualifiers(_ id: TypeID) throws(BTFError) -> TypeID { try resolve(id) { $0.kind != .typedef } }

  /// The type behind modifiers, read.
  ///
  /// - Throws: for an id that is not there, and for a chain that does not end.
  public func resolvedType(_ id: TypeID) throws(BTFError) -> BTFType { try type(resolve(id)) }

  /// What a pointer points to, modifiers kept; nil when the type, behind its modifiers, is no pointer.
  ///
  /// - Throws: for an id that is not there, and for a chain that does not end.
  public func pointee(of id: TypeID) throws(BTFError) -> TypeID? {
    guard case .pointer(let target) = try resolvedType(id) else { return nil }
    return target
  }

  /// What the kernel says about the memory that a pointer points to; empty when the type is no pointer.
  ///
  /// - Throws: for an id that is not there, and for a chain that does not end.
  public func pointerTags(of id: TypeID) throws(BTFError) -> PointerTags {
    guard let target = try pointee(of: id) else { return [] }
    var tags: PointerTags = []
    _ = try resolve(target) { record in
      if record.kind == .typeTag { tags.formUnion(PointerTags(tag: record.name)) }
      return true
    }
    return tags
  }

  /// The first type in a chain that is no modifier, or that `skips` refuses to skip.
  private func resolve(_ id: TypeID, skips: (TypeRecord) -> Bool) throws(BTFError) -> TypeID {
    var current = id
    for _ in 0..<Self.chainLimit {
      if current == .void { return .void }
      let record = try existingRecord(current)
      guard record.kind.isModifier, skips(record) else { return current }
      current = record.type
    }
    throw BTFError(.chainTooDeep(id))
  }
}

/// What type tags say about the memory that a pointer points to.
///
/// Only kernels built with a compiler that writes type tags (clang, GCC from 16) have them; their absence means nothing.
public struct PointerTags: OptionSet, Hashable, Sendable {
  /// The tags as bits.
  public let rawValue: UInt8

  /// A set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// User-space memory (`__user`).
  ///
  /// First kernel: 5.17.
  public static let user = PointerTags(rawValue: 1 << 0)
  /// An offset that becomes an address on each CPU (`__percpu`).
  ///
  /// First kernel: 5.18.
  public static let perCPU = PointerTags(rawValue: 1 << 1)
  /// Protected by RCU (`__rcu`).
  ///
  /// First kernel: 6.2.
  public static let rcu = PointerTags(rawValue: 1 << 2)
  /// Memory of a BPF arena.
  ///
  /// First kernel: 6.15.
  public static let arena = PointerTags(rawValue: 1 << 3)

  /// The tags that the kernel knows by `tag`; none for others.
  ///
  /// Names: include/linux/compiler_types.h and include/linux/bpf.h; an arena's is the attribute's text.
  init(tag: String) {
    switch tag {
    case "user": self = .user
    case "percpu": self = .perCPU
    case "rcu": self = .rcu
    case "arena", "address_space(1)": self = .arena
    default: self = []
    }
  }
}
