internal import Diagnostics
public import KernelInterface
public import LinuxSystem

/// A process's descriptor by which a program is attached to a tracepoint or a probe.
public struct PerfAttachment: Sendable {
  /// The process.
  public var pid: Int32
  /// Its descriptor.
  public var descriptor: Int32
  /// What is attached there.
  public var target: TaskDescriptorTarget

  /// All of them, by process and descriptor; what vanishes meanwhile is passed over.
  public static func all(kernel: any KernelCalls) -> [PerfAttachment] {
    var found: [PerfAttachment] = []
    let processes = ((try? FileSystem.entries(of: "/proc")) ?? []).compactMap { Int32($0.name) }.sorted()
    for pid in processes {
      let numbers = ((try? FileSystem.entries(of: "/proc/\(pid)/fd")) ?? []).compactMap { Int32($0.name) }.sorted()
      for number in numbers {
        // Of thousands of descriptors few can be meant.
        guard let target = try? FileSystem.target(ofLink: "/proc/\(pid)/fd/\(number)"),
          target.hasPrefix("anon_inode:"), target.contains(text: "perf") || target.contains(text: "bpf"),
          let answer = try? kernel.descriptorTarget(process: pid, descriptor: number)
        else { continue }
        found.append(PerfAttachment(pid: pid, descriptor: number, target: answer))
      }
    }
    return found
  }

  /// As bpftool prints it, with a line end.
  public var text: String {
    let place =
      switch target.kind {
      case .rawTracepoint, .tracepoint: target.name
      case .kprobe, .kretprobe:
        target.name.isEmpty ? "addr \(target.address)" : "func \(target.name)  offset \(target.offset)"
      case .uprobe, .uretprobe: "filename \(target.name)  offset \(target.offset)"
      }
    return "pid \(pid)  fd \(descriptor): prog_id \(target.programID)  \(target.kind.word)  \(place)\n"
  }

  /// As a JSON object with bpftool's members.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("pid", pid)
      try json.member("fd", descriptor)
      try json.member("prog_id", target.programID)
      try json.member("fd_type", target.kind.word)
      switch target.kind {
      case .rawTracepoint, .tracepoint: try json.member("tracepoint", target.name)
      case .kprobe, .kretprobe:
        if target.name.isEmpty {
          try json.member("addr", target.address)
        } else {
          try json.member("func", target.name)
          try json.member("offset", target.offset)
        }
      case .uprobe, .uretprobe:
        try json.member("filename", target.name)
        try json.member("offset", target.offset)
      }
    }
  }
}

extension TaskDescriptorTarget.Kind {
  fileprivate var word: String {
    switch self {
    case .rawTracepoint: "raw_tracepoint"
    case .tracepoint: "tracepoint"
    case .kprobe: "kprobe"
    case .kretprobe: "kretprobe"
    case .uprobe: "uprobe"
    case .uretprobe: "uretprobe"
    }
  }
}
