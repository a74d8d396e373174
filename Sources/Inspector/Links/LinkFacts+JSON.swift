internal import KernelInterface
public import LinuxSystem
internal import Symbols

extension LinkFacts {
  /// As a JSON object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("id", info.id)
      if info.type.isNamed {
        try json.member("type", "\(info.type)")
      } else {
        try json.member("type", info.type.rawValue)
      }
      try json.member("prog_id", info.programID)
      try writeDetail(to: &json)
      try writePins(to: &json)
      try Holders.write(holders, to: &json)
    }
  }

  private func writeDetail(to json: inout JSONWriter) throws(SystemCallError) {
    switch info.target {
    case .rawTracepoint(let name, let cookie):
      try json.member("tp_name", name)
      try json.member("cookie", cookie)
    case .tracing(let type, let object, let target, let cookie):
      if let programType { try json.member("prog_type", "\(programType)") }
      try json.member("attach_type", "\(type)")
      try json.member("target_obj_id", object)
      try json.member("target_btf_id", target)
      try json.member("cookie", cookie)
    case .cgroup(let id, let type):
      try json.member("cgroup_id", id)
      try json.member("attach_type", "\(type)")
    case .iterator(let iterator): try write(iterator, to: &json)
    case .networkNamespace(let inode, let type):
      try json.member("netns_ino", inode)
      try json.member("attach_type", "\(type)")
    case .interface(let index, let type):
      try json.member("devname", interfaceText(index))
      try json.member("ifindex", index)
      if info.type != .xdp { try json.member("attach_type", "\(type)") }
    case .map(let id, let type):
      try json.member("map_id", id)
      if let type { try json.member("attach_type", "\(type)") }
    case .netfilter(let family, let hook, let priority, let flags):
      try NetfilterPlace(family: family, hook: hook, priority: priority, flags: flags).writeMembers(to: &json)
    case .kprobeMulti(let probes): try write(probes, to: &json)
    case .uprobeMulti(let probes): try write(probes, to: &json)
    case .kprobe(let probe):
      try json.member("retprobe", probe.isReturn)
      try json.member("addr", probe.address)
      try json.member("func", probe.function)
      try json.member("offset", probe.offset)
      try json.member("missed", probe.missed)
      try json.member("cookie", probe.cookie)
    case .uprobe(let probe):
      try json.member("retprobe", probe.isReturn)
      try json.member("file", probe.path)
      try json.member("offset", probe.offset)
      try json.member("cookie", probe.cookie)
      try json.member("ref_ctr_offset", probe.referenceCounter)
    case .tracepoint(let name, let cookie):
      try json.member("tracepoint", name)
      try json.member("cookie", cookie)
    case .event(let type, let config, let cookie):
      let names = PerfEventNames(type: type, config: config)
      if let name = names.type { try json.member("event_type", name) } else { try json.member("event_type", type) }
      if let name = names.config {
        try json.member("event_config", name)
      } else {
        try json.member("event_config", config)
      }
      try json.member("cookie", cookie)
    case .unknown: break
    }
  }

  private func write(_ iterator: LinkTarget.Iterator, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("target_name", iterator.kind)
    switch iterator.kind {
    case "bpf_map_elem", "bpf_sk_storage_map": try json.member("map_id", iterator.mapID)
    case "cgroup":
      try json.member("cgroup_id", iterator.cgroupID)
      try json.member("order", iterator.orderName)
    default:
      if iterator.thread != 0 {
        try json.member("tid", iterator.thread)
      } else if iterator.process != 0 {
        try json.member("pid", iterator.process)
      }
    }
  }

  private func write(_ probes: LinkTarget.KprobeMulti, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("retprobe", probes.isReturn)
    try json.member("func_cnt", probes.addresses.count)
    try json.member("missed", probes.missed ?? 0)
    try json.name("funcs")
    try json.array { json throws(SystemCallError) in
      for (place, address) in probes.addresses.enumerated() {
        let function = functions.indices.contains(place) ? functions[place] : nil
        try json.object { json throws(SystemCallError) in
          try json.member("addr", address)
          if let function { try json.member("func", function.name) }
          try json.name("module")
          if let module = function?.module { try json.value(module) } else { try json.null() }
          try json.member("cookie", probes.cookies.indices.contains(place) ? probes.cookies[place] : 0)
        }
      }
    }
  }

  private func write(_ probes: LinkTarget.UprobeMulti, to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("retprobe", probes.isReturn)
    try json.member("path", probes.path)
    try json.member("func_cnt", probes.offsets.count)
    try json.member("pid", probes.process)
    try json.name("funcs")
    try json.array { json throws(SystemCallError) in
      for (place, offset) in probes.offsets.enumerated() {
        try json.object { json throws(SystemCallError) in
          try json.member("offset", offset)
          try json.member("ref_ctr_offset", probes.referenceCounters[place])
          try json.member("cookie", probes.cookies[place])
        }
      }
    }
  }
}
