public import KernelInterface
public import LinuxSystem

/// What is shown of a map.
public struct MapFacts: ShownObject {
  /// What kind of object it is.
  public static let kind = ObjectKind.map
  /// The kernel's own facts.
  public var info: MapInfo
  /// Bytes that are charged for it; nil when its descriptor does not tell.
  public var memory: UInt64?
  /// Of a program array: the type of the programs that it takes, and whether they are machine code.
  public var owner: (type: ProgramType, isJited: Bool)?
  /// Whether user space may no longer write.
  public var isFrozen: Bool
  /// Where it is pinned, when that was looked for.
  public var pins: [String] = []
  /// Who has a descriptor of it.
  public var holders: [Holders.Process] = []

  /// The object's number.
  public var id: UInt32 { info.id }

  /// Asks the kernel about an open map.
  public init(_ map: borrowing OwnedDescriptor, kernel: any KernelCalls = LiveKernel()) throws(InspectorError) {
    info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.mapInfo(map) }
    let facts = DescriptorFacts(map)
    memory = facts.number("memlock")
    isFrozen = facts["frozen"] == "1"
    owner = facts["owner_prog_type"].flatMap { UInt32($0) }.map {
      (ProgramType(rawValue: $0), facts["owner_jited"] == "1")
    }
  }
}

extension MapFacts {
  /// Number, type, name and flags, without a line end.
  public static func heading(_ info: MapInfo) -> String {
    "\(info.id): \(info.type.isNamed ? info.type.description : "type \(info.type.rawValue)")"
      + (info.name.isEmpty ? "" : "  name \(info.name)") + "  flags 0x\(String(info.flags.rawValue, radix: 16))"
  }

  /// The same as members of a JSON object.
  public static func writeHeading(_ info: MapInfo, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("id", info.id)
    if info.type.isNamed {
      try json.member("type", "\(info.type)")
    } else {
      try json.member("type", info.type.rawValue)
    }
    if !info.name.isEmpty { try json.member("name", info.name) }
    try json.member("flags", info.flags.rawValue)
  }

  /// As `bpftool map show` prints it, with a line end.
  public var text: String {
    var text = Self.heading(info)
    text += "\n\tkey \(info.keySize)B  value \(info.valueSize)B  max_entries \(info.maxEntries)"
    if let memory { text += "  memlock \(memory)B" }
    if let owner { text += "\n\towner_prog_type \(owner.type)  owner\(owner.isJited ? "" : " not") jited" }
    text += pinText
    if info.btfID != 0 || isFrozen {
      text += "\n\t" + (info.btfID != 0 ? "btf_id \(info.btfID)" : "")
      if isFrozen { text += info.btfID != 0 ? "  frozen" : "frozen" }
    }
    return text + Holders.text(of: holders) + "\n"
  }

  /// As a JSON object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try Self.writeHeading(info, to: &json)
      try json.member("bytes_key", info.keySize)
      try json.member("bytes_value", info.valueSize)
      try json.member("max_entries", info.maxEntries)
      if let memory { try json.member("bytes_memlock", memory) }
      if let owner {
        try json.member("owner_prog_type", "\(owner.type)")
        try json.member("owner_jited", owner.isJited)
      }
      try json.member("frozen", isFrozen ? 1 : 0)
      if info.btfID != 0 { try json.member("btf_id", info.btfID) }
      try writePins(to: &json)
      try Holders.write(holders, to: &json)
    }
  }
}
