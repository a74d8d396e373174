internal import KernelInterface

/// A global variable of a program, live: reading and writing are plain memory accesses.
///
///     let events = try object.variable("events", as: UInt64.self)
///     events.value += 1
///
/// Numbers of 1, 2, 4 and 8 bytes are read and written in one piece; of longer values a program that writes meanwhile
/// may leave half. *First kernel*: 5.5.
public struct GlobalVariable<T: BitwiseCopyable>: Sendable {
  /// Its name.
  public let name: String
  private let memory: MapMemory
  private let offset: Int
  private let layout: ByteLayout<T>

  init(_ name: String, in memory: MapMemory, at offset: Int) {
    self.name = name
    self.memory = memory
    self.offset = offset
    layout = ByteLayout()
  }

  /// What it holds now.
  public var value: T {
    get { memory.load(T.self, at: offset) }
    nonmutating set { memory.store(newValue, layout, at: offset) }
  }
}

extension GlobalVariable where T: FixedWidthInteger {
  /// Adds in one step that no program or thread can come between, wrapping around; answers what was there before.
  ///
  /// Nil, and nothing added, unless it has 4 or 8 bytes.
  @discardableResult
  public func wrappingAdd(_ number: T) -> T? { memory.add(number, at: offset) }
}

/// A global constant of a program: what was set before its object was loaded.
///
///     let level = try object.memory(ofMap: ".rodata").constant("level", as: UInt32.self)
public struct GlobalConstant<T: BitwiseCopyable>: Sendable {
  /// Its name.
  public let name: String
  private let memory: MapMemory
  private let offset: Int

  init(_ name: String, in memory: MapMemory, at offset: Int) {
    self.name = name
    self.memory = memory
    self.offset = offset
  }

  /// What it holds.
  public var value: T { memory.load(T.self, at: offset) }
}

extension MapMemory {
  /// A variable of the object that the map came from, by its name.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` when there is none of that name or of that size, or the memory is for reading.
  public func variable<T: BitwiseCopyable>(_ name: String, as type: T.Type) throws(BPFError) -> GlobalVariable<T> {
    try variable(name, as: type, at: offset(of: name, type))
  }

  /// A variable at an offset of the map's value, for maps that do not come from an object.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` when it lies beyond the value, or the memory is for reading.
  public func variable<T: BitwiseCopyable>(
    _ name: String, as type: T.Type, at offset: Int
  ) throws(BPFError) -> GlobalVariable<T> {
    if !isWritable { throw mismatch(.readOnlyMemory) }
    try check(name, type, offset)
    return GlobalVariable(name, in: self, at: offset)
  }

  /// A constant of the object that the map came from, by its name.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` when there is none of that name or of that size.
  public func constant<T: BitwiseCopyable>(_ name: String, as type: T.Type) throws(BPFError) -> GlobalConstant<T> {
    try constant(name, as: type, at: offset(of: name, type))
  }

  /// A constant at an offset of the map's value, for maps that do not come from an object.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)`` when it lies beyond the value.
  public func constant<T: BitwiseCopyable>(
    _ name: String, as type: T.Type, at offset: Int
  ) throws(BPFError) -> GlobalConstant<T> {
    try check(name, type, offset)
    return GlobalConstant(name, in: self, at: offset)
  }

  private func offset<T: BitwiseCopyable>(of name: String, _ type: T.Type) throws(BPFError) -> Int {
    guard let variable = map.spec.variables.first(where: { $0.name == name }) else { throw mismatch(.noVariable(name)) }
    let size = MemoryLayout<T>.stride
    if variable.size != size {
      throw mismatch(.variableSize(name: name, variable.size, type: "\(type)", byteCount: size))
    }
    return variable.offset
  }

  private func check<T: BitwiseCopyable>(_ name: String, _ type: T.Type, _ offset: Int) throws(BPFError) {
    let size = MemoryLayout<T>.stride
    let limit = map.spec.type == .arena ? bytes.count : map.spec.valueSize
    guard offset >= 0, size <= limit, offset <= limit - size else {
      throw mismatch(.variable(name: name, offset: offset, byteCount: size, of: limit))
    }
  }

  func mismatch(_ fact: MapMismatch.Fact) -> BPFError { .mapMismatch(MapMismatch(map: map.spec.name, fact)) }
}
