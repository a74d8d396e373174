internal import BTF

/// What of type information a kernel takes.
///
/// A kernel refuses a whole blob for one record that it does not know.
struct TypeSupport: OptionSet, Hashable, Sendable {
  var rawValue: UInt16

  /// `BTF_KIND_FUNC` and `BTF_KIND_FUNC_PROTO`: Linux 5.0.
  static let functions = Self(rawValue: 1 << 0)
  /// `BTF_KIND_VAR` and `BTF_KIND_DATASEC`: Linux 5.2.
  static let dataSections = Self(rawValue: 1 << 1)
  /// Functions of global linkage: Linux 5.6.
  static let globalFunctions = Self(rawValue: 1 << 2)
  /// `BTF_KIND_FLOAT`: Linux 5.13.
  static let floats = Self(rawValue: 1 << 3)
  /// `BTF_KIND_DECL_TAG`: Linux 5.16.
  static let declarationTags = Self(rawValue: 1 << 4)
  /// `BTF_KIND_TYPE_TAG`: Linux 5.17.
  static let typeTags = Self(rawValue: 1 << 5)
  /// `BTF_KIND_ENUM64`, and whether an enum is signed: Linux 6.0.
  static let wideEnumerations = Self(rawValue: 1 << 6)
  /// `?` in the names of data sections: Linux 6.9.
  static let questionMarks = Self(rawValue: 1 << 7)
  /// Tags that are whole attributes: Linux 6.15.
  static let attributeTags = Self(rawValue: 1 << 8)

  static let everything: Self = [
    .functions, .dataSections, .globalFunctions, .floats, .declarationTags, .typeTags, .wideEnumerations,
    .questionMarks, .attributeTags,
  ]
}

/// Exchanging what an older kernel does not take for what it does: sizes, members and ids stay.
extension TypeRecords {
  /// Exchanges everything that `support` lacks.
  mutating func sanitize(for support: TypeSupport) {
    for id in ids.map({ $0 }) {
      switch kind(of: id) {
      case .variable where !support.contains(.dataSections):
        setHeader(of: id, kind: .integer, itemCount: 0, flag: false, sizeOrType: 1)
        self[id, 0] = 8
      case .dataSection: sanitizeDataSection(id, support)
      case .functionPrototype where !support.contains(.functions):
        // Parameters become values: name and number.
        setHeader(of: id, kind: .enumeration, flag: false, sizeOrType: 4)
        // An enum without values is refused, as is one whose values have no names.
        sanitizeParameters(of: id)
      case .function where !support.contains(.functions):
        setHeader(of: id, kind: .typedef, itemCount: 0, flag: false)
      case .function where !support.contains(.globalFunctions): setHeader(of: id, itemCount: 0)
      case .float where !support.contains(.floats):
        setHeader(of: id, nameOffset: 0, kind: .structure, itemCount: 0, flag: false)
      case .declarationTag
      where !support.contains(.declarationTags) || flag(of: id) && !support.contains(.attributeTags):
        setHeader(of: id, kind: .integer, itemCount: 0, flag: false, sizeOrType: 1)
        self[id, 0] = 8
      case .typeTag where !support.contains(.typeTags) || flag(of: id) && !support.contains(.attributeTags):
        setHeader(of: id, nameOffset: 0, kind: .const, itemCount: 0, flag: false)
      case .enumeration where !support.contains(.wideEnumerations): setHeader(of: id, flag: false)
      case .enumeration64 where !support.contains(.wideEnumerations): sanitizeWideEnumeration(id)
      default: break
      }
    }
  }

  private mutating func sanitizeDataSection(_ id: TypeID, _ support: TypeSupport) {
    let name = string(at: nameOffset(of: id))
    if support.contains(.dataSections) {
      if name.contains("?"), !support.contains(.questionMarks) {
        setHeader(of: id, nameOffset: addString(String(name.map { $0 == "?" ? "_" : $0 })))
      }
      return
    }
    // A struct's name is a C identifier.
    let identifier = addString(String(name.map { $0 == "." || $0 == "?" ? "_" : $0 }))
    for item in 0..<itemCount(of: id) {
      let variable = self[id, item * 3]
      let offset = self[id, item * 3 + 1]
      self[id, item * 3] = nameOffset(of: TypeID(variable))
      self[id, item * 3 + 1] = variable
      self[id, item * 3 + 2] = offset &* 8
    }
    setHeader(of: id, nameOffset: identifier, kind: .structure, flag: false)
  }

  private mutating func sanitizeParameters(of id: TypeID) {
    if itemCount(of: id) == 0 {
      setHeader(of: id, kind: .const, sizeOrType: 0)
      return
    }
    for item in 0..<itemCount(of: id) where self[id, item * 2] == 0 {
      self[id, item * 2] = addString("parameter_\(item)")
    }
  }

  /// A union with a member for each value keeps the names.
  private mutating func sanitizeWideEnumeration(_ id: TypeID) {
    let size = sizeOrType(of: id)
    let member = integer(ofAtMost: size) ?? addInteger(named: "char", size: 1)
    for item in 0..<itemCount(of: id) {
      self[id, item * 3 + 1] = member.rawValue
      self[id, item * 3 + 2] = 0
    }
    setHeader(of: id, kind: .union, flag: false)
  }
}
