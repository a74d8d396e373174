import BTF

extension Catalog {
  /// Lists what there is to trace, as `-l` does, line by line as it is found.
  ///
  /// A search is an attach point with wildcards in any part, the provider included; or several, apart by commas; or a
  /// name alone, which is looked for among all probes; or `struct NAME`, `union NAME`, `enum NAME`, which with `-v` gives
  /// the layout.
  ///
  ///     let problems = try catalog.list("tracepoint:syscalls:sys_enter_open*") { print($0) }
  ///
  /// - Parameters:
  ///   - search: what to look for; everything that the kernel has by default.
  ///   - isVerbose: whether to show arguments and layouts.
  ///   - process: the process whose programs and libraries are meant (`-p`).
  ///   - emit: takes a line without its end.
  /// - Returns: what could not be listed, when a wildcard in the provider asked for several.
  /// - Throws: why a provider that was named cannot be listed.
  @discardableResult
  public func list(
    _ search: String = "*:*", isVerbose: Bool = false, process: Int32? = nil, emit: @escaping (String) -> Void
  ) throws(CatalogError) -> [CatalogError] {
    var listing = ProbeListing(self, isVerbose: isVerbose, process: process, emit: emit)
    for part in search.split(separator: ",") {
      let text = part.trimmingSpaces()
      if text.isEmpty { continue }
      if try listTypes(text, isVerbose: isVerbose, emit: emit) { continue }
      var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 1, Provider(named: parts[0]) == nil { parts.insert("*", at: 0) }
      try listing.list(parts)
    }
    return listing.problems
  }

  /// Lists types for `struct NAME` and the like; false when the search is of another form.
  private func listTypes(
    _ text: Substring, isVerbose: Bool, emit: (String) -> Void
  ) throws(CatalogError) -> Bool {
    let words = text.split(separator: " ")
    let kinds: [Substring: Set<BTFKind>] = [
      "struct": [.structure], "union": [.union], "enum": [.enumeration, .enumeration64],
    ]
    guard words.count == 2, let kinds = kinds[words[0]] else { return false }
    guard let types = source.types(ofModule: nil) else { throw .missingFacility(.kernelTypes, alternatives: []) }
    let pattern = NamePattern(words[1])
    var lines = Set<String>()
    for id in types.ids where types.kind(of: id).map(kinds.contains) ?? false {
      let isMatch = types.withNameBytes(of: id) { name in
        !name.isEmpty && pattern.matches(name)
      }
      guard isMatch, lines.insert(types.name(of: id)).inserted || isVerbose else { continue }
      if isVerbose {
        if let definition = try? types.cDefinition(of: id) { emit("\(definition)\n") }
      } else {
        emit("\(words[0]) \(types.name(of: id))")
      }
    }
    return true
  }
}
