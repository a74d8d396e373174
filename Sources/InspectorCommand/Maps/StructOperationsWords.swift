internal import BPF
internal import BTF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Operations of the kernel that programs take the place of.
  static let structOps = InspectorObject(
    name: "struct_ops", summary: "operations of the kernel that are programs",
    operations: [
      Operation("show", "list", arguments: "[STRUCT_OPS]", summary: "which there are, and for what") {
        call throws(InspectorError) in try showOperations(&call)
      },
      Operation(
        "dump", arguments: "[STRUCT_OPS]", summary: "what they hold: their programs and the rest of the kernel's struct"
      ) { call throws(InspectorError) in try dumpOperations(&call) },
      Operation(
        "register", arguments: "OBJ [LINK_FOLDER]",
        summary: "load an object and register its operations; those with links are pinned in a folder"
      ) { call throws(InspectorError) in try registerOperations(&call) },
      Operation("unregister", arguments: "STRUCT_OPS", summary: "take operations without a link out of use") {
        call throws(InspectorError) in try unregisterOperations(&call)
      },
    ],
    terms: [("STRUCT_OPS", "{ id MAP_ID | name MAP_NAME }")])

  /// A map of operations.
  private struct Operations {
    var map: Map
    var info: MapInfo
    /// The types that the kernel's struct is one of.
    var types: TypeGraph

    /// The kernel's struct.
    var structure: String {
      let prefix = "bpf_struct_ops_"
      let name = types.name(of: TypeID(info.kernelValueTypeID))
      return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    var text: String { "\(info.id): \(padded(info.name, 15)) \(padded(structure, 32))\n" }

    private func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    func write(to json: inout JSONWriter) throws(SystemCallError) {
      try json.object { json throws(SystemCallError) in
        try json.member("id", info.id)
        try json.member("name", info.name)
        try json.member("kernel_struct_ops", structure)
      }
    }
  }

  /// All maps of operations, or those of a reference.
  private static func takeOperations(_ call: inout InspectorCall) throws(InspectorError) -> [Operations] {
    var reference: ObjectReference?
    if !call.words.isEmpty { reference = try ObjectReference(takingFrom: &call.words, allowing: [.id, .name]) }
    try call.expectEnd()
    let kernel = call.kernel
    var types: [UInt32: TypeGraph] = [:]
    var found: [Operations] = []
    try ObjectLookup(.map, kernel: kernel).forEach { id, descriptor throws(InspectorError) in
      let info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.mapInfo(descriptor) }
      guard info.type == .structOps else { return }
      switch reference {
      case .id(let wanted)? where wanted != id: return
      case .name(let name)? where name != info.name: return
      default: break
      }
      let map: Map
      do throws(BPFError) { map = try Map(id: id, kernel: kernel) } catch { throw .library(error) }
      let graph: TypeGraph
      if let known = types[info.kernelTypesID] {
        graph = known
      } else {
        graph = try operationTypes(info.kernelTypesID, kernel)
        types[info.kernelTypesID] = graph
      }
      found.append(Operations(map: map, info: info, types: graph))
    }
    if let reference, found.isEmpty { throw .notFound("no struct_ops found for \(reference)") }
    return found
  }

  /// The types of that number; 0 is the kernel's own.
  private static func operationTypes(_ id: UInt32, _ kernel: any KernelCalls) throws(InspectorError) -> TypeGraph {
    if id != 0 {
      let info = try InspectorError.wrap { () throws(SystemCallError) in
        try kernel.btfInfo(kernel.open(.btf, id: id))
      }
      if info.name != "vmlinux" { return try TypeSource(id: id, kernel: kernel).graph }
    }
    return try TypeSource(file: "/sys/kernel/btf/vmlinux").graph
  }

  private static func dumpOperations(_ call: inout InspectorCall) throws(InspectorError) {
    var values: [OperationsValue] = []
    for one in try takeOperations(&call) {
      values.append(try OperationsValue(of: one.map, types: one.types, kernel: call.kernel))
    }
    let isJSON = call.options.isJSON
    var json = JSONWriter(to: call.output, isPretty: !isJSON || call.options.isPretty)
    try InspectorError.wrap { () throws(SystemCallError) in
      try json.array { json throws(SystemCallError) in
        for value in values { try value.write(to: &json, decimalPointers: isJSON) }
      }
    }
  }

  private static func showOperations(_ call: inout InspectorCall) throws(InspectorError) {
    let isByNumber = call.words.first.map { !$0.isEmpty && "id".hasPrefix($0) } ?? false
    let all = try takeOperations(&call)
    try call.answer { json throws(SystemCallError) in
      if isByNumber, let one = all.first { return try one.write(to: &json) }
      try json.array { json throws(SystemCallError) in for one in all { try one.write(to: &json) } }
    } text: {
      all.map(\.text).joined()
    }
  }

  private static func registerOperations(_ call: inout InspectorCall) throws(InspectorError) {
    let file = try call.takeWord("an object file")
    let folder = call.words.popFirst()
    try call.expectEnd()
    let object: BPFObject
    do throws(LoadError) {
      let spec: ObjectSpec
      do throws(ObjectError) { spec = try ObjectSpec(path: file) } catch { throw .object(error) }
      object = try BPFObject(spec, kernel: call.kernel)
    } catch { throw .loading(error) }
    var pins = PinSet(kernel: call.kernel)
    var registered: [Map] = []
    do throws(InspectorError) {
      if let folder { try pins.makeFolder(folder) }
      for map in object.maps {
        guard let operations = map.spec.structOperations else { continue }
        do throws(BPFError) {
          guard operations.usesLink else {
            try object.registerOperations(of: map)
            registered.append(map)
            continue
          }
        } catch { throw .library(error) }
        guard let folder else {
          throw .usage("operations '\(map.spec.name)' last as long as their link: name a folder to pin that in")
        }
        let link: Link
        do throws(BPFError) { link = try map.attachOperations() } catch { throw .library(error) }
        try pins.add("\(folder)/\(map.spec.name)") { () throws(BPFError) in
          try link.pin(at: "\(folder)/\(map.spec.name)")
        }
        registered.append(map)
      }
    } catch {
      for map in registered where map.spec.structOperations?.usesLink == false {
        _ = try? StructOpsMap(map).unregister()
      }
      pins.remove()
      throw error
    }
    if registered.isEmpty { throw .failed("\(file) has no operations (sections .struct_ops and .struct_ops.link)") }
    try tell("Registered", registered, call)
  }

  private static func unregisterOperations(_ call: inout InspectorCall) throws(InspectorError) {
    if call.words.isEmpty { throw .usage("expected 'id' or 'name'") }
    let all = try takeOperations(&call)
    guard all.count == 1, let one = all.first else {
      throw .ambiguous("that name", ids: all.map(\.info.id))
    }
    do throws(BPFError) {
      guard try StructOpsMap(one.map).unregister() else {
        throw BPFError.systemCall(
          SystemCallError(
            call: "bpf(BPF_MAP_DELETE_ELEM)", subject: "struct_ops map '\(one.info.name)', which is not in use",
            errno: .noSuchFileOrDirectory))
      }
    } catch { throw .library(error) }
    try tell("Unregistered", [one.map], call)
  }

  /// Tells which maps it was, on the error stream as bpftool does.
  private static func tell(_ what: String, _ maps: [Map], _ call: InspectorCall) throws(InspectorError) {
    for map in maps where !call.options.isJSON {
      let info: MapInfo
      do throws(BPFError) { info = try map.info() } catch { throw .library(error) }
      let operations = Operations(map: map, info: info, types: try operationTypes(info.kernelTypesID, call.kernel))
      // Nobody is left to hear of a failure to write here.
      try? call.errors.write("\(what) \(operations.structure) \(info.name) id \(info.id)\n")
    }
    try call.answerDone()
  }
}
