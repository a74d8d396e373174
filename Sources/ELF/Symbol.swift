/// An entry of a symbol table.
///
/// Its name stands in another section: see ``SymbolTable/name(of:)``.
public struct Symbol: Hashable, Sendable {
  /// Where the name starts in the table's strings (`st_name`).
  public let nameOffset: UInt32
  /// The address, or in an object file the offset in its section (`st_value`).
  public let value: UInt64
  /// The size in bytes, 0 when it is not known (`st_size`).
  public let size: UInt64
  /// What it names.
  public let type: SymbolType
  /// Who can see it.
  public let binding: SymbolBinding
  /// How it can be seen from other files, `STV_…`: 0 default, 1 internal, 2 hidden, 3 protected.
  public let visibility: UInt8
  /// Where it is defined.
  public let place: Place

  /// Where a symbol is defined.
  public enum Place: Hashable, Sendable {
    /// `SHN_UNDEF`: elsewhere.
    case undefined
    /// `SHN_ABS`: nowhere; its value is a number.
    case absolute
    /// `SHN_COMMON`: space that the linker reserves.
    case common
    /// In the section of that index.
    case section(Int)
    /// A reserved index that has no meaning here.
    case reserved(UInt16)
  }

  /// Whether it names code that is in this file.
  public var isDefinedFunction: Bool {
    guard type == .function || type == .indirectFunction else { return false }
    return place != .undefined && value != 0
  }
}

/// What a symbol names, `STT_…`.
public struct SymbolType: RawRepresentable, Hashable, Sendable {
  /// The low four bits of `st_info`.
  public var rawValue: UInt8
  /// Any value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `STT_NOTYPE`.
  public static let none = Self(rawValue: 0)
  /// `STT_OBJECT`: data.
  public static let object = Self(rawValue: 1)
  /// `STT_FUNC`: code.
  public static let function = Self(rawValue: 2)
  /// `STT_SECTION`: a section.
  public static let section = Self(rawValue: 3)
  /// `STT_FILE`: the name of a source file.
  public static let file = Self(rawValue: 4)
  /// `STT_TLS`: data of which each thread has its own.
  public static let threadLocal = Self(rawValue: 6)
  /// `STT_GNU_IFUNC`: code that chooses the function to use.
  public static let indirectFunction = Self(rawValue: 10)
}

/// Who can see a symbol, `STB_…`.
public struct SymbolBinding: RawRepresentable, Hashable, Sendable {
  /// The high four bits of `st_info`.
  public var rawValue: UInt8
  /// Any value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `STB_LOCAL`: its own file.
  public static let local = Self(rawValue: 0)
  /// `STB_GLOBAL`: everybody.
  public static let global = Self(rawValue: 1)
  /// `STB_WEAK`: everybody, unless there is a global one of that name.
  public static let weak = Self(rawValue: 2)
  /// `STB_GNU_UNIQUE`: everybody, and only once in a process.
  public static let unique = Self(rawValue: 10)
}
