internal import Bytecode
public import KernelInterface
public import LinuxSystem

/// A program in the kernel, which lives at least as long as this object.
///
/// *First kernel*: 3.19; each type has its own: ``KernelFeature/firstKernel``.
public final class Program: Sendable {
  /// What it was loaded from.
  public let spec: ProgramSpec
  /// Its owner.
  public let descriptor: OwnedDescriptor
  /// What the verifier said; nil unless it was asked.
  public let log: VerifierLog?
  let kernel: any KernelCalls

  /// Has a program verified and translated.
  ///
  /// `maps` are those that the instructions name by their places; the program keeps them alive. A log is asked for when
  /// the verifier refuses the program, or from the first when `log` says so.
  ///
  /// - Throws: ``BPFError/programRefused(_:)`` with the place, the reason and what helps.
  public init(
    _ spec: ProgramSpec, maps: [Map] = [], log: VerifierLogRequest = .afterFailure(),
    kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    var instructions = spec.code.instructions
    let resolved = instructions.resolve(spec.code.relocations) { reference in
      maps.indices.contains(reference.index) ? maps[reference.index].descriptor.withNumber { $0 } : nil
    }
    guard resolved else {
      let missing = spec.code.relocations.first { !maps.indices.contains($0.map.index) }
      throw .unresolvedMap(program: spec.name, map: missing?.map.index ?? -1)
    }
    var load = ProgramLoad(
      type: spec.type, expectedAttachType: spec.expectedAttachType, instructions: instructions.encoded(),
      license: spec.license, name: ObjectName(spec.name), flags: spec.flags, attachTypeID: spec.attachTypeID)
    let loaded: LoadedProgram
    if let types = spec.types {
      let btf: OwnedDescriptor
      do throws(BTFRefusal) { btf = try kernel.loadBTF(types.btf) } catch { throw .typeInformationRefused(error) }
      load.functionInfo = types.functions
      load.lineInfo = types.lines
      loaded = try btf.withNumber { number throws(BPFError) in
        load.btf = number
        return try Self.load(load, of: spec, log, kernel) { spec.types.flatMap(ProgramSource.init) }
      }
    } else {
      loaded = try Self.load(load, of: spec, log, kernel) { nil }
    }
    self.spec = spec
    self.kernel = kernel
    self.log = loaded.log.isEmpty ? nil : VerifierLog(parsing: loaded.log)
    descriptor = loaded.takeDescriptor()
  }

  /// Loads what is ready for the kernel; the descriptors in `load` live until this returns.
  ///
  /// `source` is asked when the kernel refuses the program.
  init(
    _ spec: ProgramSpec, _ load: ProgramLoad, log request: VerifierLogRequest, kernel: any KernelCalls,
    source: () -> ProgramSource?
  ) throws(BPFError) {
    let loaded = try Self.load(load, of: spec, request, kernel, source: source)
    self.spec = spec
    self.kernel = kernel
    log = loaded.log.isEmpty ? nil : VerifierLog(parsing: loaded.log)
    descriptor = loaded.takeDescriptor()
  }

  init(_ spec: ProgramSpec, adopting descriptor: consuming OwnedDescriptor, kernel: any KernelCalls) {
    self.spec = spec
    self.kernel = kernel
    log = nil
    self.descriptor = descriptor
  }

  /// Runs it once without its being attached.
  ///
  /// *First kernel*: 5.10 for raw tracepoints.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `ENOTSUPP` for types of programs that cannot be run so; `EINVAL` when what is
  ///   given does not fit the type.
  @discardableResult
  public func run(_ run: TestRun = TestRun()) throws(BPFError) -> TestRunResult {
    do throws(SystemCallError) {
      return try kernel.testRun(descriptor, run)
    } catch {
      var error = error
      error.subject = "program '\(spec.name)'"
      throw .systemCall(error)
    }
  }

  /// Its number, counters and facts as the kernel tells them.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func info() throws(BPFError) -> ProgramInfo {
    try BPFError.wrap { () throws(SystemCallError) in try kernel.programInfo(descriptor) }
  }

  private static func load(
    _ load: ProgramLoad, of spec: ProgramSpec, _ request: VerifierLogRequest, _ kernel: any KernelCalls,
    source: () -> ProgramSource?
  ) throws(BPFError) -> LoadedProgram {
    do throws(ProgramRefusal) {
      return try kernel.loadProgram(load, log: request)
    } catch {
      throw .programRefused(
        VerifierRefusal(
          program: spec.name, load: load, refusal: error, source: source(),
          features: kernel is LiveKernel ? .running : nil))
    }
  }
}
