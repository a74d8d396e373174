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
    /// The kernel's struct.
    var structure: String

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
    var types: TypeGraph?
    var found: [Operations] = []
    try ObjectLookup(.map, kernel: kernel).forEach { id, descriptor throws(InspectorError) in
      let info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.mapInfo(descriptor) }
      guard info.type == .structOps else { return }
      switch reference {
      case .id(let wanted)? where wanted != id: return
      case .name(let name)? where name != info.name: return
      default: break
      }
      if types == nil { types = try TypeSource(file: "/sys/kernel/btf/vmlinux").graph }
      let prefix = "bpf_struct_ops_"
      let name = types?.name(of: TypeID(info.kernelValueTypeID)) ?? ""
      let map: Map
      do throws(BPFError) { map = try Map(id: id, kernel: kernel) } catch { throw .library(error) }
      found.append(
        Operations(
          map: map, info: info, structure: name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name))
    }
    if let reference, found.isEmpty { throw .notFound("no struct_ops found for \(reference)") }
    return found
  }

  private static func showOperations(_ call: inout InspectorCall) throws(InspectorError) {
    let all = try takeOperations(&call)
    try call.answer { json throws(SystemCallError) in
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

  private static func tell(_ what: String, _ maps: [Map], _ call: InspectorCall) throws(InspectorError) {
    var lines: [(name: String, id: UInt32)] = []
    for map in maps {
      do throws(BPFError) { lines.append((map.spec.name, try map.info().id)) } catch { throw .library(error) }
    }
    try call.answer { json throws(SystemCallError) in
      try json.array { json throws(SystemCallError) in
        for line in lines {
          try json.object { json throws(SystemCallError) in
            try json.member("id", line.id)
            try json.member("name", line.name)
          }
        }
      }
    } text: {
      lines.map { "\(what) \($0.name) id \($0.id)\n" }.joined()
    }
  }
}
