/// Makes the bytes of a graph out of types that are added one by one.
///
/// Each addition answers the id of the type. Integers, pointers, arrays, qualifiers and prototypes that were added
/// before are not added again; strings are kept once. A type may refer to ids that come later: ``nextID`` tells them.
///
///     var builder = TypeGraphBuilder()
///     let u32 = try builder.addInteger(named: "unsigned int", size: 4)
///     let proto = try builder.addFunctionPrototype(returning: u32, parameters: [])
///     try builder.addFunction(named: "on_event", prototype: proto)
///     let blob = try builder.build()     // for BPF_BTF_LOAD
public struct TypeGraphBuilder: Sendable {
  /// The id that the next new type gets.
  public private(set) var nextID: TypeID

  private var types: [UInt8] = []
  private var strings = BTFStrings()
  private let firstStringOffset: Int
  let base: TypeGraph?
  private var identical: [[UInt8]: TypeID] = [:]

  /// A builder without types; with a base, of a graph that goes on where that one ends.
  public init(base: TypeGraph? = nil) {
    nextID = TypeID(UInt32(truncatingIfNeeded: base?.count ?? 1))
    firstStringOffset = base.map { $0.firstStringOffset + $0.strings.count } ?? 0
    self.base = base
  }

  /// A member of a struct or union that is being added.
  public struct Member: Hashable, Sendable {
    /// Empty when it has none.
    public var name: String
    /// What it is.
    public var type: TypeID
    /// Bits from the beginning of the struct.
    public var bitOffset: Int
    /// How many bits a bit-field has; nil for other members.
    public var bitFieldSize: Int?

    /// A member at a bit offset; an empty name makes it anonymous.
    public init(_ name: String, _ type: TypeID, bitOffset: Int, bitFieldSize: Int? = nil) {
      self.name = name
      self.type = type
      self.bitOffset = bitOffset
      self.bitFieldSize = bitFieldSize
    }
  }

  /// A parameter of a function that is being added.
  public struct Parameter: Hashable, Sendable {
    /// Empty when it has none.
    public var name: String
    /// What it is.
    public var type: TypeID

    /// A parameter; an empty name leaves it without one.
    public init(_ name: String, _ type: TypeID) {
      self.name = name
      self.type = type
    }
  }

  /// Adds an integer (`BTF_KIND_INT`) of all the bits of its size.
  @discardableResult
  public mutating func addInteger(
    named name: String, size: Int, isSigned: Bool = false, isBoolean: Bool = false, isCharacter: Bool = false
  ) throws(BTFError) -> TypeID {
    let encoding: UInt32 = (isSigned ? 1 : 0) | (isCharacter ? 2 : 0) | (isBoolean ? 4 : 0)
    guard (1...16).contains(size) else { throw BTFError(.limitExceeded(.size(size))) }
    return try add(
      .integer, name: name, sizeOrType: UInt32(size), tail: [encoding << 24 | UInt32(size * 8)], once: true)
  }

  /// Adds a floating-point type of 2, 4, 8, 12 or 16 bytes (`BTF_KIND_FLOAT`, first kernel 5.13).
  @discardableResult
  public mutating func addFloat(named name: String, size: Int) throws(BTFError) -> TypeID {
    try add(.float, name: name, sizeOrType: word(size), once: true)
  }

  /// Adds a pointer; to ``TypeID/void`` for `void *`.
  @discardableResult
  public mutating func addPointer(to target: TypeID) throws(BTFError) -> TypeID {
    try add(.pointer, sizeOrType: target.rawValue, once: true)
  }

  /// Adds an array.
  ///
  /// The index type is any integer, by custom `int` or `__ARRAY_SIZE_TYPE__`.
  @discardableResult
  public mutating func addArray(of element: TypeID, count: Int, indexedBy index: TypeID) throws(BTFError) -> TypeID {
    try add(.array, tail: [element.rawValue, index.rawValue, word(count)], once: true)
  }

  /// Adds a struct of `size` bytes; an empty name makes it anonymous.
  @discardableResult
  public mutating func addStructure(named name: String, size: Int, members: [Member]) throws(BTFError) -> TypeID {
    try addComposite(.structure, named: name, size: size, members: members)
  }

  /// Adds a union of `size` bytes; an empty name makes it anonymous.
  @discardableResult
  public mutating func addUnion(named name: String, size: Int, members: [Member]) throws(BTFError) -> TypeID {
    try addComposite(.union, named: name, size: size, members: members)
  }

  /// Adds an enum of 1, 2, 4 or 8 bytes.
  ///
  /// One of 8 bytes with a value beyond 32 bits becomes an `ENUM64`, which kernels know from 6.0 on.
  @discardableResult
  public mutating func addEnumeration(
    named name: String, size: Int = 4, isSigned: Bool = false, values: [(name: String, value: Int64)]
  ) throws(BTFError) -> TypeID {
    let fits = values.allSatisfy { isSigned ? Int32(exactly: $0.value) != nil : UInt32(exactly: $0.value) != nil }
    var tail: [UInt32] = []
    for (name, value) in values {
      tail.append(try offset(of: name))
      tail.append(UInt32(truncatingIfNeeded: value))
      if fits { continue }
      guard size == 8 else { throw BTFError(.limitExceeded(.enumValue(name))) }
      tail.append(UInt32(truncatingIfNeeded: value >> 32))
    }
    return try add(
      fits ? .enumeration : .enumeration64, name: name, items: values.count, flag: isSigned, sizeOrType: word(size),
      tail: tail)
  }

  /// Adds a forward declaration of a struct or union.
  @discardableResult
  public mutating func addForward(named name: String, isUnion: Bool = false) throws(BTFError) -> TypeID {
    try add(.forward, name: name, flag: isUnion)
  }

  /// Adds another name for a type.
  @discardableResult
  public mutating func addTypedef(named name: String, for target: TypeID) throws(BTFError) -> TypeID {
    try add(.typedef, name: name, sizeOrType: target.rawValue)
  }

  /// Adds a const form of a type.
  @discardableResult
  public mutating func addConst(_ target: TypeID) throws(BTFError) -> TypeID {
    try add(.const, sizeOrType: target.rawValue, once: true)
  }

  /// Adds a volatile form of a type.
  @discardableResult
  public mutating func addVolatile(_ target: TypeID) throws(BTFError) -> TypeID {
    try add(.volatile, sizeOrType: target.rawValue, once: true)
  }

  /// Adds a restrict form of a pointer.
  @discardableResult
  public mutating func addRestrict(_ target: TypeID) throws(BTFError) -> TypeID {
    try add(.restrict, sizeOrType: target.rawValue, once: true)
  }

  /// Adds a signature; a variadic one gets `...` after its parameters.
  @discardableResult
  public mutating func addFunctionPrototype(
    returning result: TypeID, parameters: [Parameter], isVariadic: Bool = false
  ) throws(BTFError) -> TypeID {
    var tail: [UInt32] = []
    for parameter in parameters {
      tail.append(try offset(of: parameter.name))
      tail.append(parameter.type.rawValue)
    }
    if isVariadic { tail += [0, 0] }
    return try add(.functionPrototype, items: tail.count / 2, sizeOrType: result.rawValue, tail: tail, once: true)
  }

  /// Adds a function.
  ///
  /// Kernels before 5.6 accept only static ones.
  @discardableResult
  public mutating func addFunction(
    named name: String, prototype: TypeID, linkage: FunctionLinkage = .static
  ) throws(BTFError) -> TypeID {
    try add(.function, name: name, items: Int(linkage.rawValue), sizeOrType: prototype.rawValue)
  }

  /// Adds a variable, which then belongs into a data section.
  @discardableResult
  public mutating func addVariable(
    named name: String, type: TypeID, linkage: VariableLinkage = .global
  ) throws(BTFError) -> TypeID {
    try add(.variable, name: name, sizeOrType: type.rawValue, tail: [linkage.rawValue])
  }

  /// Adds a section of variables, which the kernel wants in the order of their offsets.
  @discardableResult
  public mutating func addDataSection(
    named name: String, size: Int, variables: [SectionVariable]
  ) throws(BTFError) -> TypeID {
    var tail: [UInt32] = []
    for variable in variables {
      tail += [variable.variable.rawValue, try word(variable.offset), try word(variable.size)]
    }
    return try add(.dataSection, name: name, items: variables.count, sizeOrType: word(size), tail: tail)
  }

  /// Adds a note on a declaration, or on one of its members or parameters (first kernel 5.16).
  @discardableResult
  public mutating func addDeclarationTag(
    _ tag: String, on target: TypeID, component: Int? = nil
  ) throws(BTFError) -> TypeID {
    try add(.declarationTag, name: tag, sizeOrType: target.rawValue, tail: [component.map(word) ?? .max])
  }

  /// Adds a note on a type, which stands between a pointer and what it points to (first kernel 5.17).
  @discardableResult
  public mutating func addTypeTag(_ tag: String, on target: TypeID) throws(BTFError) -> TypeID {
    try add(.typeTag, name: tag, sizeOrType: target.rawValue, once: true)
  }

  /// The bytes: header, types and strings.
  ///
  /// - Parameter isByteSwapped: whether they are in the other byte order than this machine's.
  public func build(isByteSwapped: Bool = false) throws(BTFError) -> [UInt8] {
    var bytes = try BTFHeader.blob(types: types, strings: strings.bytes)
    if isByteSwapped { bytes.swapWords(upTo: bytes.count - strings.bytes.count) }
    return bytes
  }

  private mutating func addComposite(
    _ kind: BTFKind, named name: String, size: Int, members: [Member]
  ) throws(BTFError) -> TypeID {
    let hasBitFields = members.contains { $0.bitFieldSize != nil }
    var tail: [UInt32] = []
    for member in members {
      let bits = member.bitFieldSize ?? 0
      let offsets = hasBitFields ? 0...0xff_ffff : 0...Int(UInt32.max)
      guard offsets.contains(member.bitOffset) else { throw BTFError(.limitExceeded(.bitOffset(member.bitOffset))) }
      guard (0...255).contains(bits) else { throw BTFError(.limitExceeded(.bitOffset(bits))) }
      tail += [try offset(of: member.name), member.type.rawValue, UInt32(bits) << 24 | UInt32(member.bitOffset)]
    }
    return try add(
      kind, name: name, items: members.count, flag: hasBitFields, sizeOrType: word(size), tail: tail)
  }

  private mutating func add(
    _ kind: BTFKind, name: String = "", items: Int = 0, flag: Bool = false, sizeOrType: UInt32 = 0,
    tail: [UInt32] = [], once: Bool = false
  ) throws(BTFError) -> TypeID {
    guard items <= 0xffff else { throw BTFError(.limitExceeded(.items(items))) }
    var record: [UInt8] = []
    record.appendWord(try offset(of: name))
    record.appendWord((flag ? 1 << 31 : 0) | UInt32(kind.rawValue) << 24 | UInt32(items))
    record.appendWord(sizeOrType)
    for value in tail { record.appendWord(value) }
    if once, let id = identical[record] { return id }
    let id = nextID
    guard id.rawValue < UInt32.max else { throw BTFError(.tooManyTypes) }
    nextID = TypeID(id.rawValue + 1)
    if once { identical[record] = id }
    types += record
    return id
  }

  /// Adds a record whose names and references are those of this builder.
  mutating func appendRecord(_ words: [UInt32]) throws(BTFError) {
    guard nextID.rawValue < UInt32.max else { throw BTFError(.tooManyTypes) }
    nextID = TypeID(nextID.rawValue + 1)
    for word in words { types.appendWord(word) }
  }

  mutating func offset(of string: String) throws(BTFError) -> UInt32 {
    if string.isEmpty { return 0 }
    let offset = try strings.offset(of: string)
    return try word(firstStringOffset + offset)
  }

  private func word(_ value: Int) throws(BTFError) -> UInt32 {
    guard let word = UInt32(exactly: value) else { throw BTFError(.limitExceeded(.size(value))) }
    return word
  }
}
