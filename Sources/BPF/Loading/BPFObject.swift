internal import BTF
internal import ELF
public import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// An object in the kernel: its maps and programs, which live at least as long as this.
///
///     var spec = try ObjectSpec(path: "counter.bpf.o")
///     try spec.setVariable("min_pid", to: UInt32(5))
///     let object = try BPFObject(spec)
///     let links = try object.attach()
///     let counts = try object.map(named: "counts")
///
/// Loading happens as a whole: when any part of it fails, nothing of the object is left in the kernel.
public final class BPFObject: Sendable {
  /// What it was loaded from.
  public let spec: ObjectSpec
  /// Its maps in the order of the spec, without those that were not to be created.
  public let maps: [Map]
  /// Its programs in the order of the spec, without those that were not to be loaded.
  public let programs: [Program]
  /// Why the kernel did not take the object's types; nil when it did, or when the object has none.
  ///
  /// Its maps then have no types for inspection tools, and programs no source lines.
  public let typesRefusal: BTFRefusal?

  private let mapPlaces: [String: Int]
  private let programPlaces: [String: Int]
  let kernel: any KernelCalls
  /// The values of `struct_ops` maps, by their names.
  let operationValues: [String: [UInt8]]
  /// Maps that are in this process's memory: arenas from the beginning, others when they are asked for.
  let memories: Mutex<[String: MapMemory]>

  /// Creates the maps, fits the programs to the running kernel, and loads them.
  ///
  /// - Throws: ``LoadError`` with the map, program, extern or relocation at fault.
  public init(
    _ spec: ObjectSpec, options: LoadOptions = LoadOptions(), kernel: any KernelCalls = LiveKernel()
  ) throws(LoadError) {
    let context = try LoadContext(spec, options, kernel)
    let loaded: (maps: [String: Map], programs: [String: Program])
    do throws(LoadError) { loaded = try context.load() } catch {
      context.removePins()
      throw error
    }
    self.spec = spec
    self.kernel = kernel
    typesRefusal = context.typesRefusal
    memories = Mutex(context.arenas)
    operationValues = context.operationValues
    let mapNames = spec.maps.map(\.name).filter { loaded.maps[$0] != nil }
    let programNames = spec.programs.map(\.name).filter { loaded.programs[$0] != nil }
    maps = mapNames.compactMap { loaded.maps[$0] }
    programs = programNames.compactMap { loaded.programs[$0] }
    mapPlaces = Dictionary(zip(mapNames, 0...)) { first, _ in first }
    programPlaces = Dictionary(zip(programNames, 0...)) { first, _ in first }
  }

  /// The map of that name, as the source or the section has it: "counts", ".rodata", or in full "counter.rodata".
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``.
  public func map(named name: String) throws(LoadError) -> Map {
    if let place = mapPlaces[name] { return maps[place] }
    if name.hasPrefix("."), let map = maps.first(where: { $0.spec.dataSection == name }) { return map }
    throw .unknownName(name, expected: "map in \(spec.name)")
  }

  /// The program of that name.
  ///
  /// - Throws: ``LoadError/unknownName(_:expected:)``, also for a program that was not to be loaded.
  public func program(named name: String) throws(LoadError) -> Program {
    if let place = programPlaces[name] { return programs[place] }
    throw .unknownName(name, expected: "loaded program in \(spec.name)")
  }
}

extension LoadContext {
  /// All steps of loading, each resting on those before.
  func load() throws(LoadError) -> (maps: [String: Map], programs: [String: Program]) {
    guard spec.byteOrder == .host else { throw .wrongByteOrder(object: spec.name) }
    let wanted = spec.programs.filter { $0.isLoaded && !isUnneeded($0) }
    var codes: [LinkedCode] = []
    for program in wanted {
      do throws(ObjectError) { codes.append(try spec.linked(program)) } catch { throw .object(error) }
    }
    let relocated = try relocate(codes)
    try loadTypes()
    var configuration: [UInt8]?
    if let map = spec.configurationMap {
      configuration = try ConfigurationValues(
        spec: spec, kernel: kernel, kernelTypes: runningTypes, features: features,
        extraConfiguration: Array(options.configuration.utf8)
      ).contents(size: map.valueSize)
    }
    let externs = try ExternResolution(spec: spec, kernel: kernel, kernelTypes: runningTypes).values()
    let maps = try loadMaps(configuration: configuration)
    let resolution = CodeResolution(maps: maps, externs: externs, context: self)
    var programs: [String: Program] = [:]
    for (program, relocated) in zip(wanted, relocated) {
      var code = relocated.code
      let descriptors = try resolution.resolve(code.references, in: &code.instructions, of: program.name)
      do throws(LoadError) {
        let loaded = try loadProgram(program, code, descriptors: descriptors)
        bindConstants(maps, to: loaded, usedBy: code.references)
        programs[program.name] = loaded
      } catch {
        throw explanation(of: error, relocated.poisoned)
      }
    }
    try fillProgramArrays(maps, programs)
    try fillStructOperations(maps, programs)
    return (maps, programs)
  }

  /// Writes the kernel's layout into the programs.
  private func relocate(_ codes: [LinkedCode]) throws(LoadError) -> [RelocatedCode] {
    guard let types = spec.types, codes.contains(where: { !$0.relocations.isEmpty }) else {
      return codes.map { RelocatedCode(code: $0, poisoned: []) }
    }
    let own: TypeGraph
    do throws(KernelTypes.Failure) { own = try relocationTypes.own() } catch { throw .kernelTypes(error) }
    let source = relocationTypes
    var resolver = COREResolver(
      local: types, kernel: CORETarget(name: options.kernelTypesPath ?? "vmlinux", types: own),
      modules: {
        // A module that goes meanwhile, or whose types are malformed, has nothing to say.
        source.moduleNames().compactMap { name in
          (try? source.module(name)).map { CORETarget(name: name, types: $0) }
        }
      })
    do throws(RelocationError) { return try resolver.relocate(codes, of: types) } catch {
      throw .relocation(object: spec.name, error)
    }
  }

  /// Has a program keep the object's constants that it does not read, so that what an object says of itself in variables
  /// named `bpf_metadata_…` is found from each of its programs, as by `bpftool prog show`.
  private func bindConstants(_ maps: [String: Map], to program: Program, usedBy references: [CodeReference]) {
    for spec in spec.maps where spec.dataSection?.hasPrefix(".rodata") == true {
      let isUsed = references.contains {
        switch $0.target {
        case .map(let name), .mapValue(let name, _): name == spec.name
        default: false
        }
      }
      guard !isUsed, let map = maps[spec.name] else { continue }
      // Before Linux 5.10 nothing but that is missing.
      try? kernel.bindMap(map.descriptor, to: program.descriptor)
    }
  }

  /// Says what a program lacks when the verifier stumbled over an instruction that needs what the kernel does not have.
  private func explanation(of error: LoadError, _ poisoned: [PoisonedInstruction]) -> LoadError {
    guard case .program(let program, let inner) = error, case .programRefused(let refusal) = inner,
      let instruction = refusal.instruction, let missing = poisoned.first(where: { $0.instruction == instruction })
    else { return error }
    return .missingKernelType(program: program, missing, inner)
  }

  /// Makes the values of `struct_ops` maps; those with a link wait for it, the others are registered by their value.
  private func fillStructOperations(_ maps: [String: Map], _ programs: [String: Program]) throws(LoadError) {
    for spec in spec.maps {
      guard let operations = spec.structOperations, let map = maps[spec.name] else { continue }
      let value = try structOperationsValue(spec, programs)
      operationValues[spec.name] = value
      guard operations.usesLink else { continue }
      do throws(BPFError) { try StructOpsMap(map).register(value) } catch { throw .map(spec.name, error) }
    }
  }
}
