/// The way from a type to something within it: to a field, to a value of an enum, or to nothing but the type itself.
///
/// It is what the access string of a ``CORERelocation`` means in the object's own types, or what was found for it in
/// the kernel's. libbpf calls it a spec.
public struct AccessSpec: Sendable {
  /// What is at the end of the way.
  public enum Target: Sendable {
    case type
    /// A value of an enum, by its place.
    case enumerator(Int)
    case field
  }

  /// A step that means something in another graph, too: a member by its name, or an element by its index.
  public struct Step: Sendable {
    /// The struct or union that has the member, or the type of the element.
    public var type: TypeID
    /// The member's place in its struct or union, or the element's in its array.
    public var index: Int
    /// The member's name; nil for an element.
    public var name: String?
  }

  /// Longer ways are refused; libbpf's limit (`BPF_CORE_SPEC_MAX_LEN`).
  static let lengthLimit = 64

  /// The types that the ids belong to.
  public let graph: TypeGraph
  /// Where the way begins.
  public let root: TypeID
  /// What is at its end.
  public internal(set) var target: Target
  /// All indexes, those of anonymous structs and unions included.
  public internal(set) var indexes: [Int] = []
  /// The steps that count; the first is the index of the root, as if it were an array's element.
  public internal(set) var steps: [Step] = []
  /// Bits from the root to the field.
  public internal(set) var bitOffset = 0

  init(graph: TypeGraph, root: TypeID, target: Target) {
    self.graph = graph
    self.root = root
    self.target = target
  }

  /// Follows an access string through the object's own types.
  ///
  /// - Throws: a reason for strings that are no indexes, and for ways that the types do not have.
  init(
    local graph: TypeGraph, root: TypeID, access: String, kind: CORERelocationKind
  ) throws(CORERelocationError.Reason) {
    self.init(graph: graph, root: root, target: .type)
    guard let indexes = Self.indexes(in: access) else { throw .badAccess(access) }
    self.indexes = indexes
    let isThere: Bool
    do throws(BTFError) {
      isThere = try follow(kind.subject)
    } catch {
      throw .malformed(error)
    }
    guard isThere else { throw .badAccess(access) }
  }

  /// Goes the way that the indexes describe; answers false when there is none.
  private mutating func follow(_ subject: CORERelocationKind.Subject) throws(BTFError) -> Bool {
    switch subject {
    case .type: return indexes == [0]
    case .enumerator:
      guard indexes.count == 1, case .enumeration(let type) = try graph.resolvedType(root),
        indexes[0] < type.enumerators.count
      else { return false }
      target = .enumerator(indexes[0])
      return true
    case .field:
      target = .field
      return try follow(indexes)
    }
  }

  /// The numbers of an access string; nil when it is none.
  private static func indexes(in access: String) -> [Int]? {
    var indexes: [Int] = []
    for part in access.split(separator: ":", omittingEmptySubsequences: false) {
      guard indexes.count < lengthLimit, let index = UInt32(part), !part.hasPrefix("+") else { return nil }
      indexes.append(Int(index))
    }
    return indexes
  }

  /// Walks through members and elements by their indexes; answers false when there is no such member or element.
  private mutating func follow(_ indexes: [Int]) throws(BTFError) -> Bool {
    guard let first = indexes.first else { return false }
    var current = try graph.resolve(root)
    try enter(element: first, of: current)
    for index in indexes.dropFirst() {
      switch try graph.type(current) {
      case .structure(let composite), .union(let composite):
        guard index < composite.members.count else { return false }
        let member = composite.members[index]
        try advance(by: member.bitOffset)
        if !member.isAnonymous { steps.append(Step(type: current, index: index, name: member.name)) }
        current = try graph.resolve(member.type)
      case .array(let array):
        let isFlexible = try isFlexible(array)
        guard index < array.count || isFlexible else { return false }
        current = try graph.resolve(array.element)
        try enter(element: index, of: current)
      default: return false
      }
    }
    return true
  }

  /// Adds a step to an element of an array whose elements are of that type.
  mutating func enter(element index: Int, of type: TypeID) throws(BTFError) {
    steps.append(Step(type: type, index: index, name: nil))
    if index == 0 { return }
    let (bytes, overflow) = try graph.size(of: type).multipliedReportingOverflow(by: index)
    let (bits, more) = bytes.multipliedReportingOverflow(by: 8)
    if overflow || more { throw BTFError(.sizeOverflow(type)) }
    try advance(by: bits)
  }

  mutating func advance(by bits: Int) throws(BTFError) {
    let (sum, overflow) = bitOffset.addingReportingOverflow(bits)
    if overflow { throw BTFError(.sizeOverflow(root)) }
    bitOffset = sum
  }

  /// Whether an array without elements, to which the last step led, has as many as are there: it is the last member
  /// of its struct.
  func isFlexible(_ array: ArrayType) throws(BTFError) -> Bool {
    guard array.count == 0, let step = steps.last, step.name != nil else { return false }
    return try step.index == graph.composite(step.type).members.count - 1
  }
}

extension CORERelocationKind {
  /// What the access string leads to.
  enum Subject { case field, type, enumerator }

  var subject: Subject {
    switch self {
    case .fieldByteOffset, .fieldByteSize, .fieldExists, .fieldIsSigned, .fieldLeftShift, .fieldRightShift: .field
    case .localTypeID, .targetTypeID, .typeExists, .typeSize, .typeMatches: .type
    case .enumeratorExists, .enumeratorValue: .enumerator
    }
  }
}
