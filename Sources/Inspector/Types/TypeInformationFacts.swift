public import KernelInterface
public import LinuxSystem

/// What is shown of type information.
public struct TypeInformationFacts: ShownObject {
  /// What kind of object it is.
  public static let kind = ObjectKind.btf

  /// The kernel's own facts.
  public var info: BTFInfo
  /// The programs that use it, by their numbers.
  public var programs: [UInt32] = []
  /// The maps that use it, by their numbers.
  public var maps: [UInt32] = []
  /// Type information cannot be pinned.
  public var pins: [String] = []
  /// Who has a descriptor of it.
  public var holders: [Holders.Process] = []

  /// The object's number.
  public var id: UInt32 { info.id }

  /// Asks the kernel about an open object.
  public init(_ types: borrowing OwnedDescriptor, kernel: any KernelCalls) throws(InspectorError) {
    info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.btfInfo(types) }
  }

  /// As bpftool prints it, with a line end.
  public var text: String {
    var text = "\(info.id): name "
    text += info.isKernel ? "[\(info.name)]" : info.name.isEmpty ? "<anon>" : info.name
    text += "  size \(info.size)B"
    if !programs.isEmpty { text += "  prog_ids \(programs.map(String.init).joined(separator: ","))" }
    if !maps.isEmpty { text += "  map_ids \(maps.map(String.init).joined(separator: ","))" }
    return text + Holders.text(of: holders) + "\n"
  }

  /// As a JSON object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("id", info.id)
      try json.member("size", info.size)
      for (name, ids) in [("prog_ids", programs), ("map_ids", maps)] {
        try json.name(name)
        try json.array { json throws(SystemCallError) in for id in ids { try json.value(id) } }
      }
      try Holders.write(holders, to: &json)
      try json.member("kernel", info.isKernel)
      if !info.name.isEmpty { try json.member("name", info.name) }
    }
  }
}

/// Which programs and maps use which type information.
public struct TypeInformationUsers {
  private var programs: [UInt32: [UInt32]] = [:]
  private var maps: [UInt32: [UInt32]] = [:]

  /// Asks all programs and maps; what vanishes meanwhile is passed over.
  public init(kernel: any KernelCalls) throws(InspectorError) {
    var programs: [UInt32: [UInt32]] = [:]
    try ObjectLookup(.program, kernel: kernel).forEach { id, program throws(InspectorError) in
      let info = try InspectorError.wrap { () throws(SystemCallError) in
        try kernel.programInfo(program, withMaps: false)
      }
      if info.btfID != 0 { programs[info.btfID, default: []].append(id) }
    }
    var maps: [UInt32: [UInt32]] = [:]
    try ObjectLookup(.map, kernel: kernel).forEach { id, map throws(InspectorError) in
      let info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.mapInfo(map) }
      if info.btfID != 0 { maps[info.btfID, default: []].append(id) }
    }
    self.programs = programs
    self.maps = maps
  }

  /// Notes the users of a type information in its facts.
  public func complete(_ facts: inout TypeInformationFacts) {
    facts.programs = programs[facts.id] ?? []
    facts.maps = maps[facts.id] ?? []
  }
}
