internal import KernelInterface
public import LinuxSystem

extension ProgramFacts {
  /// Number, type, name, tag and counters, without a line end.
  public var heading: String {
    var text = "\(info.id): \(typeText)"
    if !info.name.isEmpty { text += "  name \(info.name)" }
    text += "  tag \(info.tag.hexadecimal)"
    if info.isGPLCompatible { text += "  gpl" }
    if info.runTime > 0 { text += " run_time_ns \(info.runTime) run_cnt \(info.runCount)" }
    if info.recursionMisses > 0 { text += " recursion_misses \(info.recursionMisses)" }
    return text
  }

  /// The same as members of a JSON object.
  public func writeHeading(to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("id", info.id)
    if info.type.isNamed { try json.member("type", typeText) } else { try json.member("type", info.type.rawValue) }
    if !info.name.isEmpty { try json.member("name", info.name) }
    try json.member("tag", info.tag.hexadecimal)
    try json.member("gpl_compatible", info.isGPLCompatible)
    if info.runTime > 0 {
      try json.member("run_time_ns", info.runTime)
      try json.member("run_cnt", info.runCount)
    }
    if info.recursionMisses > 0 { try json.member("recursion_misses", info.recursionMisses) }
  }

  /// As `bpftool prog show` prints it, with a line end.
  public var text: String {
    var text = heading
    text += "\n\tloaded_at \(Self.time(loadedAt))  uid \(info.user)\n\txlated \(info.translatedSize)B"
    text += info.jitedSize > 0 ? "  jited \(info.jitedSize)B" : "  not jited"
    if let memory { text += "  memlock \(memory)B" }
    if !info.mapIDs.isEmpty { text += "  map_ids \(info.mapIDs.map(String.init).joined(separator: ","))" }
    text += pinText
    if info.btfID != 0 { text += "\n\tbtf_id \(info.btfID)" }
    return text + Holders.text(of: holders) + metadata.text + "\n"
  }

  /// The local time in the form of ISO 8601, such as 2026-11-20T22:33:12+0000.
  static func time(_ seconds: Int64) -> String {
    LocalTime(nanoseconds: seconds &* 1_000_000_000)?.formatted("%FT%T%z") ?? "\(seconds)"
  }

  /// As a JSON object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try writeHeading(to: &json)
      try json.member("loaded_at", loadedAt)
      try json.member("uid", info.user)
      try json.member("bytes_xlated", info.translatedSize)
      try json.member("jited", info.jitedSize > 0)
      if info.jitedSize > 0 { try json.member("bytes_jited", info.jitedSize) }
      if let memory { try json.member("bytes_memlock", memory) }
      if !info.mapIDs.isEmpty {
        try json.name("map_ids")
        try json.array { json throws(SystemCallError) in for id in info.mapIDs { try json.value(id) } }
      }
      if info.btfID != 0 { try json.member("btf_id", info.btfID) }
      try writePins(to: &json)
      try Holders.write(holders, to: &json)
      try metadata.write(to: &json)
    }
  }
}

extension Holders {
  /// The line that names processes; "" for none.
  static func text(of processes: [Process]) -> String {
    processes.isEmpty ? "" : "\n\tpids \(processes.map { "\($0.comm)(\($0.pid))" }.joined(separator: ", "))"
  }

  /// The member `pids`; nothing for none.
  static func write(_ processes: [Process], to json: inout JSONWriter) throws(SystemCallError) {
    if processes.isEmpty { return }
    try json.name("pids")
    try json.array { json throws(SystemCallError) in
      for process in processes {
        try json.object { json throws(SystemCallError) in
          try json.member("pid", process.pid)
          try json.member("comm", process.comm)
        }
      }
    }
  }
}
