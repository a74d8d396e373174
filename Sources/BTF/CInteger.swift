/// The integers that C and the kernel's headers name.
public struct CInteger: Hashable, Sendable {
  /// Bytes in memory.
  public var size: Int
  /// Whether values are signed.
  public var isSigned: Bool
  /// Whether it is `bool`.
  public var isBoolean: Bool

  /// An integer of `size` bytes.
  public init(size: Int, isSigned: Bool, isBoolean: Bool = false) {
    self.size = size
    self.isSigned = isSigned
    self.isBoolean = isBoolean
  }

  /// The keywords of which C makes integer and floating-point types, in any order.
  static let words: Set<String> = [
    "unsigned", "signed", "__signed__", "char", "short", "int", "long", "__int128", "float", "double",
  ]

  /// The type that keywords in any order name, as GCC spells it in debug information; nil when they contradict.
  static func canonicalName(of words: [String]) -> String? {
    var counts: [String: Int] = [:]
    for word in words { counts[word == "__signed__" ? "signed" : word, default: 0] += 1 }
    let longs = counts.removeValue(forKey: "long") ?? 0
    guard counts.values.allSatisfy({ $0 == 1 }), longs <= 2 else { return nil }
    let isUnsigned = counts.removeValue(forKey: "unsigned") != nil
    let isSigned = counts.removeValue(forKey: "signed") != nil
    guard !(isUnsigned && isSigned) else { return nil }
    let prefix = isUnsigned ? "unsigned " : ""
    switch Set(counts.keys) {
    case ["char"]: return longs > 0 ? nil : isSigned ? "signed char" : prefix + "char"
    case ["short"], ["short", "int"]: return longs > 0 ? nil : "short " + prefix + "int"
    case [], ["int"]: return String(repeating: "long ", count: longs) + prefix + "int"
    case ["__int128"]: return longs > 0 ? nil : isUnsigned ? "__int128 unsigned" : "__int128"
    case ["float"]: return longs > 0 || isUnsigned || isSigned ? nil : "float"
    case ["double"]: return longs > 1 || isUnsigned || isSigned ? nil : longs == 1 ? "long double" : "double"
    default: return nil
    }
  }

  /// Other spellings of a canonical name: clang's.
  static func spellings(of name: String) -> [String] {
    switch name {
    case "short int": [name, "short"]
    case "short unsigned int": [name, "unsigned short"]
    case "long int": [name, "long"]
    case "long unsigned int": [name, "unsigned long"]
    case "long long int": [name, "long long"]
    case "long long unsigned int": [name, "unsigned long long"]
    case "__int128 unsigned": [name, "unsigned __int128"]
    case "_Bool": [name, "bool"]
    default: [name]
    }
  }

  /// The layout of an integer by its canonical name or by one that the kernel's headers define the same everywhere
  /// (include/uapi/asm-generic/int-ll64.h, include/linux/types.h);
  /// `char` is signed here, but kernels from 6.2 on are built with an unsigned one, as their BTF says.
  static func named(_ name: String, pointerSize: Int) -> CInteger? {
    switch name {
    case "char", "signed char", "s8", "__s8", "int8_t": CInteger(size: 1, isSigned: true)
    case "unsigned char", "u8", "__u8", "uint8_t", "u_int8_t": CInteger(size: 1, isSigned: false)
    case "short int", "s16", "__s16", "int16_t": CInteger(size: 2, isSigned: true)
    case "short unsigned int", "u16", "__u16", "uint16_t", "u_int16_t", "__le16", "__be16", "umode_t":
      CInteger(size: 2, isSigned: false)
    case "int", "s32", "__s32", "int32_t", "pid_t", "clockid_t": CInteger(size: 4, isSigned: true)
    case "unsigned int", "u32", "__u32", "uint32_t", "u_int32_t", "__le32", "__be32", "dev_t", "gfp_t":
      CInteger(size: 4, isSigned: false)
    case "long long int", "s64", "__s64", "int64_t", "loff_t", "ktime_t": CInteger(size: 8, isSigned: true)
    case "long long unsigned int", "u64", "__u64", "uint64_t", "u_int64_t", "__le64", "__be64", "sector_t":
      CInteger(size: 8, isSigned: false)
    case "long int", "ssize_t", "off_t", "intptr_t", "ptrdiff_t": CInteger(size: pointerSize, isSigned: true)
    case "long unsigned int", "size_t", "uintptr_t": CInteger(size: pointerSize, isSigned: false)
    case "__int128": CInteger(size: 16, isSigned: true)
    case "__int128 unsigned": CInteger(size: 16, isSigned: false)
    case "_Bool", "bool": CInteger(size: 1, isSigned: false, isBoolean: true)
    default: nil
    }
  }
}

extension CTypeName {
  /// The layout of the base, when it is an integer that is the same in every kernel; no graph is asked.
  public func integerLayout(pointerSize: Int) -> CInteger? {
    tag == nil ? CInteger.named(base, pointerSize: pointerSize) : nil
  }
}

extension TypeGraph {
  /// The type that the base of a C type name means, without its pointers and arrays.
  ///
  /// After a keyword only such types are looked for; without one, typedefs come before integers and floats.
  ///
  /// - Returns: ``TypeID/void`` for `void`; nil when the graph has no such type.
  public func id(of name: CTypeName) -> TypeID? {
    switch name.tag {
    case .structure: return id(named: name.base, kind: .structure) ?? forward(named: name.base, isUnion: false)
    case .union: return id(named: name.base, kind: .union) ?? forward(named: name.base, isUnion: true)
    case .enumeration: return id(named: name.base, kind: .enumeration) ?? id(named: name.base, kind: .enumeration64)
    case nil: break
    }
    if name.base == "void" { return .void }
    if let typedef = id(named: name.base, kind: .typedef) { return typedef }
    for spelling in CInteger.spellings(of: name.base) {
      if let id = id(named: spelling, kind: .integer) ?? id(named: spelling, kind: .float) { return id }
    }
    return nil
  }

  /// How many bytes a value of a C type name takes: a pointer's, an array's, or its base's.
  ///
  /// - Throws: ``BTFError/Reason/badTypeName(_:)`` when the base is unknown; as ``size(of:)`` otherwise.
  public func size(of name: CTypeName) throws(BTFError) -> Int {
    // A pointer's size does not depend on what it points to, which need not be known.
    var unit = name.derivations.contains(.pointer) ? pointerSize : try baseSize(of: name)
    for derivation in name.derivations {
      switch derivation {
      case .pointer: unit = pointerSize
      case .array(let count):
        let (size, overflow) = unit.multipliedReportingOverflow(by: count ?? 0)
        if overflow { throw BTFError(.sizeOverflow(id(of: name) ?? .void)) }
        unit = size
      }
    }
    return unit
  }

  private func baseSize(of name: CTypeName) throws(BTFError) -> Int {
    if let id = id(of: name) { return try size(of: id) }
    guard let layout = name.integerLayout(pointerSize: pointerSize) else {
      throw BTFError(.badTypeName(name.description))
    }
    return layout.size
  }

  private func forward(named name: String, isUnion: Bool) -> TypeID? {
    ids(named: name).first { record($0).map { $0.kind == .forward && $0.flag == isUnion } ?? false }
  }
}
