internal import KernelInterface
internal import Symbols

extension LinkFacts {
  /// As bpftool prints it, with a line end.
  public var text: String {
    let subject =
      if case .map(let id, nil) = info.target { "map \(id)" } else { "prog \(info.programID)" }
    return "\(info.id): \(info.type)  \(subject)  \(detail)\(pinText)\(Holders.text(of: holders))\n"
  }

  /// What belongs to the kind of link; each part ends with two blanks, as bpftool writes it.
  private var detail: String {
    switch info.target {
    case .rawTracepoint(let name, let cookie): "\n\ttp '\(name)'  \(decimal("cookie", cookie))"
    case .tracing(let type, let object, let target, let cookie):
      "\n\tprog_type \(programType?.description ?? "(gone)")  attach_type \(type)  "
        + (object != 0 || target != 0 ? "\n\ttarget_obj_id \(object)  target_btf_id \(target)  " : "")
        + (cookie != 0 ? "\n\tcookie \(cookie)  " : "")
    case .cgroup(let id, let type): "\n\tcgroup_id \(id)  attach_type \(type)  "
    case .iterator(let iterator): text(iterator)
    case .networkNamespace(let inode, let type): "\n\tnetns_ino \(inode)  attach_type \(type)  "
    case .interface(let index, let type):
      "\n\tifindex \(interfaceText(index))(\(index))  " + (info.type == .xdp ? "" : "attach_type \(type)  ")
    case .map(_, nil): ""
    case .map(let id, let type?): "\n\tmap_id \(id)  attach_type \(type)  "
    case .netfilter(let family, let hook, let priority, let flags):
      "\n\t\(NetfilterPlace(family: family, hook: hook, priority: priority, flags: flags).text)"
    case .kprobeMulti(let probes): text(probes)
    case .uprobeMulti(let probes): text(probes)
    case .kprobe(let probe): text(probe)
    case .uprobe(let probe):
      probe.path.isEmpty
        ? ""
        : "\n\t\(probe.isReturn ? "uretprobe" : "uprobe") \(probe.path)+0x\(hexadecimal(probe.offset))  "
          + decimal("cookie", probe.cookie)
          + (probe.referenceCounter != 0 ? "ref_ctr_offset 0x\(hexadecimal(probe.referenceCounter))  " : "")
    case .tracepoint(let name, let cookie):
      name.isEmpty ? "" : "\n\ttracepoint \(name)  \(decimal("cookie", cookie))"
    case .event(let type, let config, let cookie): event(type, config) + decimal("cookie", cookie)
    case .unknown: ""
    }
  }

  private func text(_ iterator: LinkTarget.Iterator) -> String {
    var text = "target_name \(iterator.kind)  "
    switch iterator.kind {
    case "bpf_map_elem", "bpf_sk_storage_map": text += "map_id \(iterator.mapID)  "
    case "cgroup": text += "cgroup_id \(iterator.cgroupID)  order \(iterator.orderName)  "
    default:
      if iterator.thread != 0 {
        text += "tid \(iterator.thread) "
      } else if iterator.process != 0 {
        text += "pid \(iterator.process) "
      }
    }
    return text
  }

  private func text(_ probes: LinkTarget.KprobeMulti) -> String {
    if probes.addresses.isEmpty { return "" }
    var text = "\n\t\(probes.isReturn ? "kretprobe" : "kprobe").multi  func_cnt \(probes.addresses.count)  "
    text += decimal("missed", probes.missed ?? 0)
    text += "\n\t\(padded("addr")) \(padded("cookie")) func [module]"
    for (place, address) in probes.addresses.enumerated() {
      let digits = hexadecimal(address)
      let cookie = probes.cookies.indices.contains(place) ? probes.cookies[place] : 0
      text += "\n\t\(String(repeating: "0", count: max(0, 16 - digits.count)))\(digits) \(padded(hexadecimal(cookie))) "
      let function = functions.indices.contains(place) ? functions[place] : nil
      text += (function?.name ?? "(unknown)") + (function?.module.map { " [\($0)]  " } ?? "  ")
    }
    return text
  }

  private func text(_ probes: LinkTarget.UprobeMulti) -> String {
    var text = "\n\t\(probes.isReturn ? "uretprobe" : "uprobe").multi  path \(probes.path)  "
    text += "func_cnt \(probes.offsets.count)  "
    if probes.process != 0 { text += "pid \(probes.process)  " }
    text += "\n\t\(padded("offset"))   \(padded("ref_ctr_offset"))   \(padded("cookies"))"
    for (place, offset) in probes.offsets.enumerated() {
      let numbers = [offset, probes.referenceCounters[place], probes.cookies[place]]
      text += "\n\t" + numbers.map { "0x\(padded(hexadecimal($0)))" }.joined(separator: " ")
    }
    return text
  }

  private func text(_ probe: LinkTarget.Kprobe) -> String {
    if probe.function.isEmpty, probe.address == 0 { return "" }
    var text = "\n\t\(probe.isReturn ? "kretprobe" : "kprobe") "
    if probe.address != 0 { text += "\(hexadecimal(probe.address)) " }
    text += probe.function
    if probe.offset != 0 { text += "+0x\(hexadecimal(probe.offset))" }
    if probe.missed != 0 { text += "  missed \(probe.missed)" }
    if probe.cookie != 0 { text += "  cookie \(probe.cookie)" }
    return text + "  "
  }

  private func event(_ type: UInt32, _ config: UInt64) -> String {
    let names = PerfEventNames(type: type, config: config)
    return "\n\tevent \(names.type ?? "\(type) "):\(names.config ?? "\(config)")  "
  }

  private func decimal(_ label: String, _ number: UInt64) -> String { number != 0 ? "\(label) \(number)  " : "" }
  private func hexadecimal(_ number: some BinaryInteger) -> String { String(number, radix: 16) }
  private func padded(_ text: String) -> String { text + String(repeating: " ", count: max(0, 16 - text.count)) }
}

extension LinkTarget.Iterator {
  /// The order of a walk over control groups, as bpftool names it: `enum bpf_cgroup_iter_order`.
  var orderName: String {
    let names = ["order_unspec", "self_only", "descendants_pre", "descendants_post", "ancestors_up", "children"]
    return Int(cgroupOrder) < names.count ? names[Int(cgroupOrder)] : "\(cgroupOrder)"
  }
}
