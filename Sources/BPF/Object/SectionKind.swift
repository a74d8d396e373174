internal import ELF

/// What a section of an object file is for, as its name and flags say.
enum SectionKind: Hashable {
  /// Instructions.
  case code
  /// Maps defined by types (`.maps`).
  case mapDefinitions
  /// Maps defined by structs of numbers (`maps`).
  case legacyMaps
  /// Global variables, which become the value of an array map.
  case data(DataKind)
  /// Global variables of an arena (`.addr_space.1`, `.arena.1`).
  case arenaData
  /// Structs of the kernel whose functions are programs.
  case structOperations(usesLink: Bool, isOptional: Bool)
  /// The licence.
  case license
  /// The kernel that old kprobes want to be built for.
  case version
  /// Nothing that a loader needs.
  case other

  /// The kinds of global variables.
  enum DataKind: Hashable {
    /// `.data`
    case writable
    /// `.rodata`
    case readOnly
    /// `.bss`: without contents in the file.
    case zero
  }

  init(of section: Section) {
    if section.type == .noBits {
      self = Self.isNamed(section.name, ".bss") ? .data(.zero) : .other
      return
    }
    guard section.type == .programBits else {
      self = .other
      return
    }
    if section.flags.contains(.executable) {
      self = .code
      return
    }
    switch section.name {
    case ".maps": self = .mapDefinitions
    case "maps": self = .legacyMaps
    case "license": self = .license
    case "version": self = .version
    case ".struct_ops": self = .structOperations(usesLink: false, isOptional: false)
    case ".struct_ops.link": self = .structOperations(usesLink: true, isOptional: false)
    case "?.struct_ops": self = .structOperations(usesLink: false, isOptional: true)
    case "?.struct_ops.link": self = .structOperations(usesLink: true, isOptional: true)
    case ".addr_space.1", ".arena.1": self = .arenaData
    default:
      if Self.isNamed(section.name, ".data") {
        self = .data(.writable)
      } else if Self.isNamed(section.name, ".rodata") {
        self = .data(.readOnly)
      } else if Self.isNamed(section.name, ".bss") {
        self = .data(.writable)
      } else {
        self = .other
      }
    }
  }

  /// Whether a name is `prefix`, or goes on behind it with a dot.
  private static func isNamed(_ name: String, _ prefix: String) -> Bool {
    name == prefix || name.hasPrefix(prefix) && name.utf8.dropFirst(prefix.utf8.count).first == UInt8(ascii: ".")
  }
}
