internal import KernelInterface
internal import LinuxSystem

/// Pinning a whole object.
extension BPFObject {
  /// Gives every map and every program of the object its own name in a folder of a `bpf` file system, under which they
  /// outlive this process; makes the folder when it is not there.
  ///
  /// Names have no dots there, so those become `_`. A map that bears its name in this folder already, because its source
  /// says so, keeps it. Links have no names: ``Link/pin(at:)``.
  ///
  /// *First kernel*: 4.4.
  ///
  /// - Returns: the paths that were made, first those of maps, in the order of the object.
  /// - Throws: ``BPFError/systemCall(_:)``: `EEXIST` when something else bears a name; `EPERM` when the folder is in no
  ///   `bpf` file system. Nothing has been pinned then.
  @discardableResult
  public func pin(in folder: String) throws(BPFError) -> [String] {
    try pin(maps.map(PinnablePart.map) + programs.map(PinnablePart.program), folder)
  }

  /// Gives every map of the object its own name in a folder: as ``pin(in:)``, without the programs.
  ///
  /// - Returns: the paths that were made.
  /// - Throws: as ``pin(in:)``.
  @discardableResult
  public func pinMaps(in folder: String) throws(BPFError) -> [String] {
    try pin(maps.map(PinnablePart.map), folder)
  }

  /// Gives every program of the object its own name in a folder: as ``pin(in:)``, without the maps.
  ///
  /// - Returns: the paths that were made.
  /// - Throws: as ``pin(in:)``.
  @discardableResult
  public func pinPrograms(in folder: String) throws(BPFError) -> [String] {
    try pin(programs.map(PinnablePart.program), folder)
  }

  /// Takes the names of the object's maps and programs in a folder away; what bears none there is passed over, and so is
  /// what another object put there.
  ///
  /// The folder stays.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with the first name that could not be taken away; the others have been.
  public func unpin(from folder: String) throws(BPFError) {
    var failure: SystemCallError?
    for part in maps.map(PinnablePart.map) + programs.map(PinnablePart.program) {
      let path = "\(folder)/\(part.fileName)"
      do throws(SystemCallError) {
        if try part.isPinned(at: path) { try FileSystem.remove(path) }
      } catch {
        if error.errno != .noSuchFileOrDirectory, failure == nil { failure = error }
      }
    }
    if let failure { throw .systemCall(failure) }
  }

  private func pin(_ parts: [PinnablePart], _ folder: String) throws(BPFError) -> [String] {
    var made: [String] = []
    var madeFolder = false
    do throws(SystemCallError) {
      do throws(SystemCallError) {
        try FileSystem.makeFolder(folder)
        madeFolder = true
      } catch {
        if error.errno != .fileExists { throw error }
      }
      for part in parts {
        let path = "\(folder)/\(part.fileName)"
        do throws(SystemCallError) {
          try part.pin(at: path)
          made.append(path)
        } catch {
          guard error.errno == .fileExists, (try? part.isPinned(at: path)) == true else { throw error }
        }
      }
      return made
    } catch {
      for path in made.reversed() { try? FileSystem.remove(path) }
      if madeFolder { try? FileSystem.removeFolder(folder) }
      throw .systemCall(error)
    }
  }
}

/// What of an object can bear a name in a `bpf` file system.
private enum PinnablePart {
  case map(Map)
  case program(Program)

  /// Names of files in a `bpf` file system have no dots (`bpf_lookup` in kernel/bpf/inode.c).
  var fileName: String {
    switch self {
    case .map(let map): map.spec.pinName
    case .program(let program): String(program.spec.name.map { $0 == "." ? "_" : $0 })
    }
  }

  func pin(at path: String) throws(SystemCallError) {
    switch self {
    case .map(let map): try map.kernel.pin(map.descriptor, at: path)
    case .program(let program): try program.kernel.pin(program.descriptor, at: path)
    }
  }

  /// Whether what is pinned at `path` is this.
  func isPinned(at path: String) throws(SystemCallError) -> Bool {
    switch self {
    case .map(let map):
      let pinned = try map.kernel.openPin(path)
      guard ObjectKind(of: pinned) == .map else { return false }
      return try map.kernel.mapInfo(pinned).id == map.kernel.mapInfo(map.descriptor).id
    case .program(let program):
      let pinned = try program.kernel.openPin(path)
      guard ObjectKind(of: pinned) == .program else { return false }
      return try program.kernel.programInfo(pinned, withMaps: false).id
        == program.kernel.programInfo(program.descriptor, withMaps: false).id
    }
  }
}
