internal import KernelInterface

/// Attaches the programs of an object one by one, by what their sections and the caller say.
///
///     let attacher = ObjectAttacher(object)
///     for program in object.spec.programs {
///       links += try attacher.attach(program).get()
///     }
///
/// ``BPFObject/attach(to:)`` attaches all of them, or none; this is for who wants to go on when one cannot be.
public struct ObjectAttacher {
  let object: BPFObject
  let targets: AttachmentTargets
  private let usdtMaps: Result<USDTMaps?, BPFError>

  /// For the programs of an object that is loaded.
  ///
  /// - Parameter targets: where programs go whose sections name no place.
  public init(_ object: BPFObject, targets: AttachmentTargets = AttachmentTargets()) {
    self.object = object
    self.targets = targets
    let isNeeded = object.spec.programs.contains { $0.section?.attachment == .usdt }
    usdtMaps = Result { () throws(BPFError) in isNeeded ? try USDTMaps(of: object) : nil }
  }

  /// Attaches one program.
  ///
  /// - Returns: its links, none for a program that was not loaded or belongs to a `struct_ops` map; or why it is left.
  /// - Throws: ``BPFError``, as the method for the kind of place; nothing of the program is attached then.
  public func attach(_ program: ObjectProgram) throws(BPFError) -> Result<[Link], UnattachedProgram> {
    guard let loaded = try? object.program(named: program.name) else { return .success([]) }
    do throws(BPFError) {
      if program.type == .freplace { return .success([try loaded.attachReplacement()]) }
      if let target = try target(of: program) {
        let link = try loaded.attach(
          to: target, cookie: program.cookie ?? 0, process: targets.process,
          usdtMaps: program.section?.attachment == .usdt ? usdtMaps.get() : nil)
        return .success([link])
      }
      return try attachToTargets(program, loaded).mapError { reason in
        UnattachedProgram(program: program.name, section: program.sectionName, reason: reason)
      }
    } catch {
      // What an iterator goes over is a thing of its own program's.
      guard case .attach(.badIteratorParameter(_, let reason)) = error else { throw error }
      return .failure(
        UnattachedProgram(program: program.name, section: program.sectionName, reason: .iterated(reason)))
    }
  }

  /// The place that a program's section names; nil when it names none.
  private func target(of program: ObjectProgram) throws(BPFError) -> AttachTarget? {
    let section =
      if let target = program.attachTarget, let prefix = program.section?.prefix {
        "\(prefix)/\(target)"
      } else {
        program.sectionName
      }
    do throws(AttachError) { return try AttachTarget(section: section) } catch { throw .attach(error) }
  }

  /// Registers the operations of a `struct_ops` map; nil for another map.
  ///
  /// - Throws: ``BPFError``, as `Map.attachOperations()` and ``StructOpsMap/register(_:)``.
  public func attachOperations(of map: Map) throws(BPFError) -> Link? {
    guard let operations = map.spec.structOperations else { return nil }
    if operations.usesLink { return try map.attachOperations() }
    let registration = try StructOpsMap(map)
    try registration.register(object.operationValues[map.spec.name] ?? [])
    return Link(subject: "struct_ops map '\(map.spec.name)'", kernel: object.kernel) {
      _ = try? registration.unregister()
    }
  }
}
