/// The name of a type as C programs, casts in scripts and tracepoint format files write it.
///
///     let name = try CTypeName("const struct task_struct *")
///     name.base            // "task_struct"
///     name.tag             // .structure
///     name.pointerDepth    // 1
///
/// It means nothing by itself: ``TypeGraph/id(of:)`` looks its base up in a graph, and ``integerLayout(pointerSize:)``
/// knows the integers that every kernel has. Signatures are not parsed.
public struct CTypeName: Hashable, Sendable {
  /// The keyword before the name of a struct, union or enum.
  public enum Tag: String, Hashable, Sendable {
    case structure = "struct"
    case union = "union"
    case enumeration = "enum"
  }

  /// What is made of the base.
  public enum Derivation: Hashable, Sendable {
    case pointer
    /// An array; nil elements where the text says `[]`.
    case array(Int?)
  }

  /// `const`, `volatile` and `restrict` on the base.
  public struct Qualifiers: OptionSet, Hashable, Sendable {
    /// The qualifiers as bits.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `const`.
    public static let const = Qualifiers(rawValue: 1 << 0)
    /// `volatile`.
    public static let volatile = Qualifiers(rawValue: 1 << 1)
    /// `restrict`, which only pointers can have.
    public static let restrict = Qualifiers(rawValue: 1 << 2)
  }

  /// The keyword that the text has, if any.
  public var tag: Tag?
  /// The name without keyword and qualifiers; that of an integer as GCC spells it, whatever the text's order:
  /// `long unsigned int` for `unsigned long`.
  public var base: String
  /// The qualifiers of the base; those of pointers mean nothing to a reader and are dropped.
  public var qualifiers: Qualifiers = []
  /// What `__user`, `__percpu` and `__rcu` say.
  public var pointerTags: PointerTags = []
  /// What is made of the base, from the inside out: for `char *[4]` a pointer, then an array of it.
  public var derivations: [Derivation] = []

  /// A name made of its parts.
  public init(_ base: String, tag: Tag?, derivations: [Derivation] = []) {
    self.base = base
    self.tag = tag
    self.derivations = derivations
  }

  /// How many pointers there are: 2 for `char **`.
  public var pointerDepth: Int { derivations.count { $0 == .pointer } }

  /// The counts of the outermost arrays, outermost first: 2 and 3 for `int[2][3]`; nil where the text says `[]`.
  public var arrayCounts: [Int?] {
    var counts: [Int?] = []
    for case .array(let count) in derivations.reversed().prefix(while: { $0 != .pointer }) { counts.append(count) }
    return counts
  }

  /// Whether it is plain `void`.
  public var isVoid: Bool { tag == nil && base == "void" && derivations.isEmpty }
}

extension CTypeName: CustomStringConvertible {
  /// The name in C's order, with the integers in GCC's spelling.
  public var description: String {
    var text = ""
    if qualifiers.contains(.const) { text += "const " }
    if qualifiers.contains(.volatile) { text += "volatile " }
    if let tag { text += tag.rawValue + " " }
    text += base
    var remaining = derivations[...]
    while let first = remaining.first {
      if first == .pointer {
        text += text.hasSuffix("*") ? "*" : " *"
        remaining = remaining.dropFirst()
        continue
      }
      let arrays = remaining.prefix { $0 != .pointer }
      for case .array(let count) in arrays.reversed() { text += "[\(count.map(String.init) ?? "")]" }
      remaining = remaining.dropFirst(arrays.count)
    }
    return text
  }
}
