internal import BTF
internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Puts a freplace program in the place of the function that it was loaded for.
  ///
  /// *First kernel*: 5.6.
  ///
  /// - Throws: ``BPFError/attachRefused(_:)``: `EBUSY` when another program has replaced the function.
  public func attachReplacement() throws(BPFError) -> Link {
    try replace("the function that it was loaded for", nil)
  }

  /// Puts a freplace program in the place of a function of another program, which has the same parameters.
  ///
  /// *First kernel*: 5.10.
  ///
  /// - Parameter function: a global function of `target`, not its entry alone; `target` must have type information.
  /// - Throws: ``BPFError/noSuchFunction(_:program:)``; ``BPFError/attachRefused(_:)``.
  public func attach(toFunction function: String, of target: Program) throws(BPFError) -> Link {
    let typeID = try target.typeID(ofFunction: function)
    return try target.descriptor.withNumber { number throws(BPFError) in
      try replace("function \(function) of program '\(target.spec.name)'", (number, typeID))
    }
  }

  /// The number of a function in the program's own type information.
  ///
  /// - Throws: ``BPFError/noSuchFunction(_:program:)`` when it has no such function, or no type information.
  public func typeID(ofFunction function: String) throws(BPFError) -> UInt32 {
    let bytes = try BPFError.wrap { () throws(SystemCallError) -> [UInt8] in
      let id = try kernel.programInfo(descriptor, withMaps: false).btfID
      return id == 0 ? [] : try kernel.btfBytes(kernel.open(.btf, id: id))
    }
    guard !bytes.isEmpty, let types = try? TypeGraph(bytes: bytes),
      let id = types.id(named: function, kind: .function)
    else { throw .noSuchFunction(function, program: spec.name) }
    return id.rawValue
  }

  private func replace(_ place: String, _ target: (descriptor: CInt, typeID: UInt32)?) throws(BPFError) -> Link {
    try require([.freplace], for: place)
    return try attach(to: place, lacking: .program(.freplace)) { () throws(NetlinkError) in
      try NetlinkError.wrap { () throws(SystemCallError) in
        Link.State(link: try kernel.createReplacementLink(descriptor, target: target, subject: place))
      }
    } explain: { errno in
      errno == .resourceBusy ? .occupied(programIDs: []) : nil
    }
  }
}
