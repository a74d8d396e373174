extension PerfEvent: CustomStringConvertible {
  /// The event as messages name it, such as "uprobe /bin/bash+0x1f30".
  public var description: String {
    switch self {
    case .tracepoint(let id): "tracepoint number \(id)"
    case .kprobe(_, let function, let offset, let onReturn):
      "\(onReturn ? "kretprobe" : "kprobe") \(function)" + (offset == 0 ? "" : "+0x\(String(offset, radix: 16))")
    case .kprobeAddress(_, let address): "kprobe 0x\(String(address, radix: 16))"
    case .uprobe(_, let path, let offset, _, let onReturn):
      "\(onReturn ? "uretprobe" : "uprobe") \(path)+0x\(String(offset, radix: 16))"
    case .software(let event, _): "software event \(event)"
    case .hardware(let event, _): "hardware event \(event)"
    case .kernelCounter(let type, let config): "counter 0x\(String(config, radix: 16)) of type \(type)"
    case .breakpoint(let address, let length, _): "\(length) bytes at 0x\(String(address, radix: 16))"
    case .programOutput: "perf buffer"
    }
  }
}
