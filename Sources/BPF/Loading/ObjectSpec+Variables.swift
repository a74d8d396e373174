internal import KernelInterface
internal import Synchronization

/// Values of global variables before an object is loaded.
extension ObjectSpec {
  /// The place of a variable: its map's and its own.
  private func place(ofVariable name: String) throws(LoadError) -> (map: Int, variable: VariableSpec) {
    for (place, map) in maps.enumerated() {
      if let variable = map.variables.first(where: { $0.name == name }) { return (place, variable) }
    }
    throw .unknownName(name, expected: "global variable in \(self.name)")
  }

  /// Sets what a global variable is at first, a constant of `.rodata` too.
  ///
  ///     try spec.setVariable("min_pid", to: UInt32(5))
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``; ``LoadError/wrongVariableSize(_:expected:given:)`` when the value
  ///   takes another number of bytes than the variable.
  public mutating func setVariable<Value: BitwiseCopyable>(_ name: String, to value: Value) throws(LoadError) {
    let size = try place(ofVariable: name).variable.size
    // A struct's padding at its end belongs to the variable and not always to the Swift value.
    guard size == MemoryLayout<Value>.size || size == MemoryLayout<Value>.stride else {
      throw .wrongVariableSize(name, expected: size, given: MemoryLayout<Value>.size)
    }
    let bytes = withUnsafeBytes(of: value) { Array($0) }
    try setVariable(name, toBytes: bytes + [UInt8](repeating: 0, count: size - bytes.count))
  }

  /// Sets the bytes of a global variable; as many as it has.
  ///
  /// - Throws: as ``setVariable(_:to:)``.
  public mutating func setVariable(_ name: String, toBytes bytes: [UInt8]) throws(LoadError) {
    let (map, variable) = try place(ofVariable: name)
    guard bytes.count == variable.size else {
      throw .wrongVariableSize(name, expected: variable.size, given: bytes.count)
    }
    var contents = maps[map].contents ?? []
    let end = variable.offset + variable.size
    guard variable.offset >= 0, end <= maps[map].valueSize || maps[map].type == .arena else {
      throw .badMap(maps[map].name, "variable '\(name)' lies outside its section")
    }
    if contents.count < end { contents += [UInt8](repeating: 0, count: end - contents.count) }
    contents.replaceSubrange(variable.offset..<end, with: bytes)
    maps[map].contents = contents
  }

  /// The bytes that a global variable has at first.
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``.
  public func bytes(ofVariable name: String) throws(LoadError) -> [UInt8] {
    let (map, variable) = try place(ofVariable: name)
    let known = (maps[map].contents ?? []).dropFirst(variable.offset).prefix(variable.size)
    return Array(known) + [UInt8](repeating: 0, count: max(0, variable.size - known.count))
  }
}

/// Values of global variables in the kernel.
extension BPFObject {
  /// The memory of a map whose values can be mapped, such as ".bss" or an arena; the same whenever it is asked for.
  ///
  /// It is for reading where the map is frozen.
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``; ``LoadError/map(_:_:)`` for maps that cannot be mapped.
  public func memory(ofMap name: String) throws(LoadError) -> MapMemory {
    let map = try map(named: name)
    if let known = memories.withLock({ $0[map.spec.name] }) { return known }
    let memory: MapMemory
    do throws(BPFError) { memory = try MapMemory(map, isWritable: !map.spec.isFrozen) } catch {
      throw .map(map.spec.name, error)
    }
    // Two threads that ask at once get the same one.
    return memories.withLock { memories in
      if let known = memories[map.spec.name] { return known }
      memories[map.spec.name] = memory
      return memory
    }
  }

  /// A global variable, live: reading and writing it are memory accesses.
  ///
  ///     let seen = try object.variable("seen", as: UInt32.self)
  ///     seen.value = 0
  ///
  /// *First kernel*: 5.5.
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``; ``LoadError/map(_:_:)`` for a type of another size, and for
  ///   constants.
  public func variable<Value: BitwiseCopyable>(
    _ name: String, as type: Value.Type
  ) throws(LoadError) -> GlobalVariable<Value> {
    guard let map = maps.first(where: { $0.spec.variables.contains { $0.name == name } }) else {
      throw .unknownName(name, expected: "global variable in \(spec.name)")
    }
    let memory = try memory(ofMap: map.spec.name)
    do throws(BPFError) { return try memory.variable(name, as: type) } catch { throw .map(map.spec.name, error) }
  }

  /// The bytes of a global variable, as programs have left them.
  ///
  /// - Complexity: one call, which copies the whole section.
  /// - Throws: ``LoadError/unknownName(_:expected:)``; ``LoadError/map(_:_:)`` when the map cannot be read.
  public func bytes(ofVariable name: String) throws(LoadError) -> [UInt8] {
    for map in maps {
      guard let variable = map.spec.variables.first(where: { $0.name == name }) else { continue }
      let value: [UInt8]
      do throws(BPFError) {
        value = try map.value(of: [UInt8](repeating: 0, count: map.spec.keySize)) ?? []
      } catch {
        throw .map(map.spec.name, error)
      }
      let bytes = value.dropFirst(variable.offset).prefix(variable.size)
      guard bytes.count == variable.size else {
        throw .badMap(map.spec.name, "variable '\(name)' lies outside its section")
      }
      return Array(bytes)
    }
    throw .unknownName(name, expected: "global variable in \(spec.name)")
  }

  /// A global variable, as programs have left it.
  ///
  ///     let seen = try object.value(ofVariable: "seen", as: UInt32.self)
  ///
  /// - Throws: ``LoadError/wrongVariableSize(_:expected:given:)`` when the type takes another number of bytes.
  public func value<Value: BitwiseCopyable>(ofVariable name: String, as type: Value.Type) throws(LoadError) -> Value {
    let bytes = try bytes(ofVariable: name)
    guard bytes.count == MemoryLayout<Value>.size || bytes.count == MemoryLayout<Value>.stride else {
      throw .wrongVariableSize(name, expected: bytes.count, given: MemoryLayout<Value>.size)
    }
    return bytes.withUnsafeBytes { $0.loadUnaligned(as: type) }
  }
}
