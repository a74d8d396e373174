/// What generated bindings stand on.
extension ObjectSpec {
  /// What a global variable is at first, a constant of `.rodata` too; nil when there is none of that name or size.
  ///
  ///     spec[variable: "min_pid", as: UInt32.self] = 5
  ///
  /// Setting a variable that is not there, or to nil, changes nothing; ``setVariable(_:to:)`` tells why.
  public subscript<Value: BitwiseCopyable>(variable name: String, as type: Value.Type) -> Value? {
    get {
      guard let bytes = try? bytes(ofVariable: name), bytes.count == MemoryLayout<Value>.stride else { return nil }
      return bytes.withUnsafeBytes { $0.loadUnaligned(as: type) }
    }
    set { if let newValue { try? setVariable(name, to: newValue) } }
  }
}

extension BPFObject {
  /// A map of the object in its typed form.
  ///
  ///     let counts = try object.map(named: "counts", as: HashMap<UInt32, UInt64>.self)
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``; ``LoadError/map(_:_:)`` when the types do not fit the map.
  public func map<Typed: TypedMap>(named name: String, as type: Typed.Type) throws(LoadError) -> Typed {
    let map = try map(named: name)
    do throws(BPFError) { return try Typed(map) } catch { throw .map(name, error) }
  }
}
