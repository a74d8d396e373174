internal import KernelInterface

/// Attaches the programs of an object one by one, by what their sections say.
///
///     let attacher = ObjectAttacher(object)
///     for program in object.spec.programs {
///       if let link = try attacher.attach(program) { links.append(link) }
///     }
///
/// ``BPFObject/attach()`` attaches all of them, or none; this is for who wants to go on when one cannot be.
public struct ObjectAttacher {
  private let object: BPFObject
  private let process: Int32?
  private let usdtMaps: Result<USDTMaps?, BPFError>

  /// For the programs of an object that is loaded.
  ///
  /// - Parameter process: for user probes (uprobes, USDT), the one process; nil for all.
  public init(_ object: BPFObject, process: Int32? = nil) {
    self.object = object
    self.process = process
    let isNeeded = object.spec.programs.contains { $0.section?.attachment == .usdt }
    usdtMaps = Result { () throws(BPFError) in isNeeded ? try USDTMaps(of: object) : nil }
  }

  /// Attaches one program; nil when its section names no place, or when it was not loaded.
  ///
  /// - Throws: ``BPFError``, as the method for the kind of place.
  public func attach(_ program: ObjectProgram) throws(BPFError) -> Link? {
    guard let loaded = try? object.program(named: program.name) else { return nil }
    if program.type == .freplace { return try loaded.attachReplacement() }
    let section =
      if let target = program.attachTarget, let prefix = program.section?.prefix {
        "\(prefix)/\(target)"
      } else {
        program.sectionName
      }
    let target: AttachTarget?
    do throws(AttachError) { target = try AttachTarget(section: section) } catch { throw .attach(error) }
    guard let target else { return nil }
    return try loaded.attach(
      to: target, cookie: program.cookie ?? 0, process: process,
      usdtMaps: program.section?.attachment == .usdt ? usdtMaps.get() : nil)
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
