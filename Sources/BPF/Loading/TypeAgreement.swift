internal import BTF

/// Whether an object's idea of a type and the kernel's own fit: kind by kind, names of composites left out, for an
/// object declares only what it uses.
///
/// The rules are those that libbpf documents for `bpf_core_type_exists` and externs (`bpf_core_types_are_compat`):
/// modifiers do not count, integers may differ in size and sign, enums of both sizes are alike, pointers, arrays and
/// prototypes are followed.
struct TypeAgreement {
  let own: TypeGraph
  let kernel: TypeGraph

  /// Whether the types fit; a chain that is longer than the kernel allows does not.
  func holds(_ first: TypeID, _ second: TypeID, depth: Int = 32) throws(BTFError) -> Bool {
    if depth == 0 { return false }
    let first = try own.resolve(first)
    let second = try kernel.resolve(second)
    switch (try own.type(first), try kernel.type(second)) {
    case (.void, .void), (.structure, .structure), (.union, .union), (.float, .float), (.enumeration, .enumeration),
      (.forward, .forward):
      return true
    case (.forward(let forward), .structure): return !forward.isUnion
    case (.structure, .forward(let forward)): return !forward.isUnion
    case (.forward(let forward), .union): return forward.isUnion
    case (.union, .forward(let forward)): return forward.isUnion
    case (.integer(let own), .integer(let other)): return own.bitOffset == 0 && other.bitOffset == 0
    case (.pointer(let own), .pointer(let other)): return try holds(own, other, depth: depth - 1)
    case (.array(let own), .array(let other)): return try holds(own.element, other.element, depth: depth - 1)
    case (.functionPrototype(let own), .functionPrototype(let other)):
      guard own.parameters.count == other.parameters.count else { return false }
      for (own, other) in zip(own.parameters, other.parameters) {
        if try !holds(own.type, other.type, depth: depth - 1) { return false }
      }
      return try holds(own.result, other.result, depth: depth - 1)
    default: return false
    }
  }
}
