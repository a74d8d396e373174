import Synchronization

extension TypeGraph {
  /// The name of a type; empty for anonymous types, for `void` and for ids that are not there.
  ///
  /// Kinds without names (pointers, arrays, qualifiers) are anonymous; ``cName(of:)`` spells them out.
  public func name(of id: TypeID) -> String { string(at: nameOffset(of: id)) }

  /// Lends the bytes of a type's name, without a terminating zero, and makes no `String` of them.
  public func withNameBytes<R>(of id: TypeID, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    body(stringBytes(at: nameOffset(of: id)))
  }

  /// The types of this name, of any kind, in the order of their ids; the base's come first.
  ///
  /// - Complexity: O(1), but the first calls search (0.5 ms in a kernel's types), and then one indexes all names (2 ms).
  public func ids(named name: String) -> [TypeID] {
    guard !name.isEmpty else { return [] }
    var found = base?.ids(named: name) ?? []
    eachOwnID(named: name) { id in
      found.append(id)
      return true
    }
    return found
  }

  /// The first type of this name and kind.
  ///
  /// - Complexity: O(1), but the first calls search (0.5 ms in a kernel's types), and then one indexes all names (2 ms).
  public func id(named name: String, kind: BTFKind) -> TypeID? {
    if let found = base?.id(named: name, kind: kind) { return found }
    var found: TypeID?
    eachOwnID(named: name) { id in
      if self.kind(of: id) == kind { found = id }
      return found == nil
    }
    return found
  }

  /// The types of one kind in the order of their ids, the base's included.
  ///
  /// - Complexity: O(types) for going through it all, without any allocation.
  public func ids(of kind: BTFKind) -> some Sequence<TypeID> { ids.lazy.filter { self.kind(of: $0) == kind } }

  /// The types of one kind whose name matches, in the order of their ids, the base's included.
  ///
  /// `functions(matching:)` of a kernel: `ids(of: .function, matching: NamePattern("vfs_*"))`; the raw tracepoints it
  /// has: `ids(of: .typedef, matching: NamePattern("btf_trace_*"))`.
  public func ids(of kind: BTFKind, matching pattern: NamePattern) -> [TypeID] {
    ids(of: kind).filter { id in withNameBytes(of: id) { pattern.matches($0) } }
  }

  /// The function of this name (`BTF_KIND_FUNC`).
  public func function(named name: String) throws(BTFError) -> FunctionType? {
    guard let id = id(named: name, kind: .function) else { return nil }
    guard case .function(let function) = try type(id) else { return nil }
    return function
  }

  /// The functions whose name matches, in the order of their ids, the base's included.
  ///
  /// - Complexity: O(types), two milliseconds for a kernel's 126,000.
  public func functions(matching pattern: NamePattern) -> [TypeID] { ids(of: .function, matching: pattern) }

  func nameOffset(of id: TypeID) -> UInt32 {
    let number = Int(id.rawValue)
    guard number >= firstID else { return base?.nameOffset(of: id) ?? 0 }
    guard number < count else { return 0 }
    return bytes.word(at: recordOffset(number))
  }

  /// The string at an offset among the strings of the graph and its base, such as a ``LineRecord`` holds; empty where
  /// there is none.
  public func string(at offset: UInt32) -> String { String(decoding: stringBytes(at: offset), as: UTF8.self) }

  /// Whether the strings of the graph and its base reach as far as that offset.
  public func hasString(at offset: UInt32) -> Bool { Int(offset) < firstStringOffset + strings.count }

  func stringBytes(at offset: UInt32) -> UnsafeRawBufferPointer {
    let own = Int(offset) - firstStringOffset
    if own < 0, let base { return base.stringBytes(at: offset) }
    guard own >= 0, own < strings.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return bytes.string(at: strings.lowerBound + own, limit: strings.upperBound)
  }

  /// Calls `body` with this graph's own types of that name until it answers false.
  func eachOwnID(named name: String, _ body: (TypeID) -> Bool) {
    var name = name
    name.withUTF8 { name in
      let name = UnsafeRawBufferPointer(name)
      if let index = nameIndex.load() {
        index.forEachID(named: name, in: self, body)
      } else if base == nil, count >= Self.leastCountToSearch,
        searches.add(1, ordering: .relaxed).oldValue < Self.searchLimit
      {
        NameSearch(graph: self).forEachID(named: name, body)
      } else {
        nameIndex.storeIfNil(NameIndex(of: self)).forEachID(named: name, in: self, body)
      }
    }
  }

  /// Graphs of fewer types are indexed at once.
  private static var leastCountToSearch: Int { 4096 }
  /// As many searches cost as much as an index.
  private static var searchLimit: Int { 4 }
}
