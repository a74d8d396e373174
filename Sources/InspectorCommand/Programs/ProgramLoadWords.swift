internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `load` and `loadall`.
extension InspectorObject {
  /// What the words behind an object file say.
  private struct LoadRequest {
    var options = LoadOptions()
    /// The section's name by which all programs are taken; nil for each one's own.
    var type: SectionDefinition?
    /// Whether all maps are pinned in the folder of the options.
    var pinsMaps = false
    /// Whether links are pinned rather than programs.
    var attaches = false
  }

  /// Loads an object and pins its first program at a path, or all of them in a folder.
  static func loadPrograms(_ call: inout InspectorCall, all: Bool) throws(InspectorError) {
    try call.options.expectNoLoaderProgram()
    let file = try call.takeWord("an object file")
    let path = try call.takeWord(all ? "the folder in which the programs are to be pinned" : "the file to pin at")
    var spec: ObjectSpec
    do throws(ObjectError) { spec = try ObjectSpec(path: file) } catch { throw .loading(.object(error)) }
    let request = try takeRequest(&call, spec)
    guard let first = spec.programs.first(where: \.isLoaded) else { throw .failed("\(file) has no programs to load") }
    for index in spec.programs.indices {
      if let type = request.type { spec.programs[index].take(type) }
      spec.programs[index].isAttached = request.attaches && (all || spec.programs[index].name == first.name)
    }
    let object: BPFObject
    do throws(LoadError) { object = try BPFObject(spec, options: request.options, kernel: call.kernel) } catch {
      throw .loading(error)
    }
    if call.options.isDebugging {
      for program in object.programs { if let log = program.log { try? call.errors.write(log.text + "\n") } }
    }
    var pins = PinSet(kernel: call.kernel)
    do throws(InspectorError) {
      if all { try pins.makeFolder(path) }
      let links = try request.attaches ? attach(object) : []
      let chosen = all ? object.programs : object.programs.filter { $0.spec.name == first.name }
      for program in chosen {
        let place = all ? "\(path)/\(program.spec.name)" : path
        if let link = links.first(where: { $0.program === program }) {
          try pins.add(place) { () throws(BPFError) in try link.pin(at: place) }
        } else {
          if request.attaches {
            call.warn("program '\(program.spec.name)' names no place to attach to, so the program itself is pinned")
          }
          try pins.add(place) { () throws(BPFError) in try program.pin(at: place) }
        }
      }
      if request.pinsMaps { try pinMaps(of: object, request.options, &pins) }
    } catch {
      pins.remove()
      throw error
    }
    try call.answerDone()
  }

  private static func attach(_ object: BPFObject) throws(InspectorError) -> [Link] {
    do throws(BPFError) { return try object.attach() } catch { throw .library(error) }
  }

  private static func pinMaps(
    of object: BPFObject, _ options: LoadOptions, _ pins: inout PinSet
  ) throws(InspectorError) {
    try pins.makeFolder(options.pinFolder)
    for map in object.maps where map.spec.pinning != .byName && options.maps[map.spec.name] == nil {
      // Names of files in a `bpf` file system have no dots (`bpf_lookup` in kernel/bpf/inode.c).
      let place = "\(options.pinFolder)/\(String(map.spec.name.map { $0 == "." ? "_" : $0 }))"
      try pins.add(place) { () throws(BPFError) in try map.pin(at: place) }
    }
  }

  private static func takeRequest(_ call: inout InspectorCall, _ spec: ObjectSpec) throws(InspectorError) -> LoadRequest
  {
    var request = LoadRequest()
    let words = ["type", "map", "dev", "offload_dev", "xdpmeta_dev", "pinmaps", "autoattach", "kernel_btf"]
    while let word = call.takeKeyword(words) {
      switch word {
      case "type":
        let name = try call.takeWord("a type of programs, such as xdp or kprobe")
        guard request.type == nil else { throw .usage("program type already specified") }
        guard let type = SectionDefinition(sectionName: name) ?? SectionDefinition(sectionName: "\(name)/") else {
          throw .usage("unknown program type '\(name)'")
        }
        request.type = type
      case "map":
        let name = try takeMapName(&call, spec)
        guard request.options.maps[name] == nil else { throw .usage("map '\(name)' is given twice") }
        request.options.maps[name] = try MapSelection(takingOneFrom: &call).one()
      case "dev", "offload_dev", "xdpmeta_dev":
        let name = try call.takeWord("the name of an interface")
        guard request.options.device == nil else { throw .usage("the object can be for one device only") }
        do throws(BPFError) {
          let device = try NetworkInterface(named: name, kernel: call.kernel)
          request.options.device = .init(index: device.index, isOffloaded: word != "xdpmeta_dev")
        } catch { throw .library(error) }
      case "pinmaps":
        request.options.pinFolder = try call.takeWord("the folder in which the maps are to be pinned")
        request.pinsMaps = true
      case "autoattach": request.attaches = true
      default: request.options.kernelTypesPath = try call.takeWord("a file with a kernel's type information")
      }
    }
    try call.expectEnd()
    if call.options.isDebugging { request.options.log = .always([.failingPath, .statistics]) }
    return request
  }

  private static func takeMapName(_ call: inout InspectorCall, _ spec: ObjectSpec) throws(InspectorError) -> String {
    switch call.takeKeyword(["idx", "name"]) {
    case "name": return try call.takeWord("the name of a map of the object")
    case "idx":
      let text = try call.takeWord("the number of a map of the object")
      guard let number = ObjectReference.number(text).flatMap({ Int(exactly: $0) }), spec.maps.indices.contains(number)
      else { throw .usage("can't parse \(text) as the number of a map: the object has \(spec.maps.count)") }
      return spec.maps[number].name
    default: throw .usage("expected 'idx' or 'name'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
    }
  }
}

extension ObjectProgram {
  /// Takes a program as one of another section than its own.
  fileprivate mutating func take(_ definition: SectionDefinition) {
    type = definition.programType
    expectedAttachType = definition.expectedAttachType
    flags = definition.loadFlags
  }
}

/// Pins that are taken back unless all of them succeed.
struct PinSet {
  private var files: [String] = []
  private var folders: [String] = []
  private let kernel: any KernelCalls

  init(kernel: any KernelCalls) { self.kernel = kernel }

  /// Makes a folder unless it is there.
  mutating func makeFolder(_ path: String) throws(InspectorError) {
    do throws(SystemCallError) {
      try FileSystem.makeFolder(path)
      folders.append(path)
    } catch {
      if error.errno != .fileExists { throw .systemCall(error) }
    }
  }

  /// Notes what `body` pins at a path.
  mutating func add(_ path: String, _ body: () throws(BPFError) -> Void) throws(InspectorError) {
    do throws(BPFError) { try body() } catch {
      guard case .systemCall(let refusal) = error else { throw .library(error) }
      throw .pinRefused(path, refusal)
    }
    files.append(path)
  }

  /// Takes all of it back.
  func remove() {
    for file in files.reversed() { try? FileSystem.remove(file) }
    for folder in folders.reversed() { try? FileSystem.removeFolder(folder) }
  }
}
