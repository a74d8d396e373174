internal import LinuxSystem

/// Where a link attaches: the part of `struct bpf_link_info` that belongs to its kind.
///
/// What a kernel does not tell yet reads as empty or 0. Layout: `include/uapi/linux/bpf.h`; a test compares it with the
/// running kernel's.
public enum LinkTarget: Hashable, Sendable {
  /// A raw tracepoint by name, and the cookie (Linux 6.16).
  case rawTracepoint(name: String, cookie: UInt64)
  /// A function or another BPF program, by the type id in the kernel's, a module's or the program's types.
  case tracing(AttachType, objectID: UInt32, typeID: UInt32, cookie: UInt64)
  /// An iterator over things of a kind.
  case iterator(Iterator)
  /// Many kernel functions.
  case kprobeMulti(KprobeMulti)
  /// Many places of one file.
  case uprobeMulti(UprobeMulti)
  /// A kernel function by a perf event (Linux 6.6).
  case kprobe(Kprobe)
  /// A place in a file by a perf event (Linux 6.6).
  case uprobe(Uprobe)
  /// A tracepoint by a perf event, as the kernel names it: the event without its category (Linux 6.6).
  case tracepoint(name: String, cookie: UInt64)
  /// A clock or counter by its numbers in `perf_event_open(2)` (Linux 6.6); the kernel gives clocks types of their own.
  case event(type: UInt32, config: UInt64, cookie: UInt64)
  /// A control group.
  case cgroup(id: UInt64, AttachType)
  /// A network name space by its inode.
  case networkNamespace(inode: UInt32, AttachType)
  /// A network interface; 0 when it is gone. XDP has no attach type of its own there.
  case interface(index: UInt32, AttachType)
  /// A map: a `struct_ops` map, or a map of sockets.
  case map(id: UInt32, AttachType?)
  /// A netfilter hook.
  case netfilter(family: UInt32, hook: UInt32, priority: Int32, flags: UInt32)
  /// Nothing is told: a kind that this table does not have, or an older kernel.
  case unknown

  /// An iterator's target.
  public struct Iterator: Hashable, Sendable {
    /// The kind of things as section names have it: "task", "bpf_map_elem".
    public var kind: String
    /// The map whose elements are visited; 0 for none.
    public var mapID: UInt32 = 0
    /// The control group where the walk begins; 0 for none.
    public var cgroupID: UInt64 = 0
    /// The order of the walk, `enum bpf_cgroup_iter_order`.
    public var cgroupOrder: UInt32 = 0
    /// The thread that is visited alone; 0 for all.
    public var thread: UInt32 = 0
    /// The process whose threads are visited; 0 for all.
    public var process: UInt32 = 0
  }

  /// Kernel functions.
  public struct KprobeMulti: Hashable, Sendable {
    /// Where they start, zero when the kernel hides addresses (Linux 6.6).
    public var addresses: [UInt64]
    /// One number per function (Linux 6.9).
    public var cookies: [UInt64]
    /// Whether the program runs when they return.
    public var isReturn: Bool
    /// Events that did not reach the program (Linux 6.7).
    public var missed: UInt64?
  }

  /// Places of a file (Linux 6.8).
  public struct UprobeMulti: Hashable, Sendable {
    /// The file.
    public var path: String
    /// Offsets in the file.
    public var offsets: [UInt64]
    /// The offsets of semaphores, 0 for none.
    public var referenceCounters: [UInt64]
    /// One number per place.
    public var cookies: [UInt64]
    /// The one process; 0 for all.
    public var process: UInt32
    /// Whether the program runs when the functions return.
    public var isReturn: Bool
  }

  /// A kernel function.
  public struct Kprobe: Hashable, Sendable {
    /// Its name; empty for a probe by address.
    public var function: String
    /// The distance from its start.
    public var offset: UInt32
    /// The address; 0 when the kernel hides it.
    public var address: UInt64
    /// Events that did not reach the program (Linux 6.7).
    public var missed: UInt64
    /// The program's number for it (Linux 6.9).
    public var cookie: UInt64
    /// Whether the program runs when the function returns.
    public var isReturn: Bool
  }

  /// A place in a file.
  public struct Uprobe: Hashable, Sendable {
    /// The file.
    public var path: String
    /// The place in the file.
    public var offset: UInt32
    /// The program's number for it (Linux 6.9).
    public var cookie: UInt64
    /// The offset of the semaphore; 0 for none (Linux 6.16).
    public var referenceCounter: UInt64
    /// Whether the program runs when the function returns.
    public var isReturn: Bool
  }
}

extension KernelCalls {
  func linkTarget(
    of link: borrowing OwnedDescriptor, _ type: LinkType, _ info: ObjectInfoBytes
  ) throws(SystemCallError) -> LinkTarget {
    func word(_ offset: Int) -> UInt32 { info.number(UInt32.self, at: offset) }
    func long(_ offset: Int) -> UInt64 { info.number(UInt64.self, at: offset) }
    switch type {
    case .rawTracepoint:
      return .rawTracepoint(name: try linkText(link, address: 16, length: 24), cookie: long(32))
    case .tracing:
      return .tracing(AttachType(rawValue: word(16)), objectID: word(20), typeID: word(24), cookie: long(32))
    case .iterator:
      var target = LinkTarget.Iterator(kind: try linkText(link, address: 16, length: 24))
      switch target.kind {
      case "bpf_map_elem", "bpf_sk_storage_map": target.mapID = word(28)
      case "cgroup": (target.cgroupID, target.cgroupOrder) = (long(32), word(40))
      default: if target.kind.hasPrefix("task") { (target.thread, target.process) = (word(32), word(36)) }
      }
      return .iterator(target)
    case .kprobeMulti: return .kprobeMulti(try kprobeMulti(of: link, info))
    case .uprobeMulti: return .uprobeMulti(try uprobeMulti(of: link, info))
    case .perfEvent: return try perfEvent(of: link, info)
    case .cgroup: return .cgroup(id: long(16), AttachType(rawValue: word(24)))
    case .networkNamespace: return .networkNamespace(inode: word(16), AttachType(rawValue: word(20)))
    case .xdp: return .interface(index: word(16), .xdp)
    case .tcx, .netkit: return .interface(index: word(16), AttachType(rawValue: word(20)))
    case .structOperations: return .map(id: word(16), nil)
    case .socketMap: return .map(id: word(16), AttachType(rawValue: word(20)))
    case .netfilter:
      return .netfilter(family: word(16), hook: word(20), priority: info.number(Int32.self, at: 24), flags: word(28))
    default: return .unknown
    }
  }

  /// The longest text: a path (`PATH_MAX`).
  private var linkTextCapacity: Int { 4096 }

  /// Asks again with room for a text, whose address and length stand at these offsets.
  private func linkText(
    _ link: borrowing OwnedDescriptor, address: Int, length: Int
  ) throws(SystemCallError) -> String {
    try linkInfo(link, text: (address, length), arrays: []).text
  }

  /// Asks again with room for a text and for arrays of 64-bit numbers.
  private func linkInfo(
    _ link: borrowing OwnedDescriptor, text: (address: Int, length: Int)?, arrays: [(address: Int, count: Int)],
    count: (offset: Int, value: UInt32)? = nil
  ) throws(SystemCallError) -> (info: ObjectInfoBytes, text: String, arrays: [[UInt64]]) {
    var room = [UInt8](repeating: 0, count: text == nil ? 0 : linkTextCapacity)
    let total = arrays.reduce(0) { $0 + $1.count }
    var numbers = [UInt64](repeating: 0, count: total)
    var result: Result<ObjectInfoBytes, SystemCallError> = .success(ObjectInfoBytes(bytes: []))
    room.withUnsafeMutableBytes { room in
      numbers.withUnsafeMutableBytes { numbers in
        func prepare(_ info: UnsafeMutableRawBufferPointer) {
          func set(_ pointer: UnsafeMutableRawPointer?, at offset: Int) {
            info.storeBytes(of: UInt64(UInt(bitPattern: pointer)), toByteOffset: offset, as: UInt64.self)
          }
          if let text {
            set(room.baseAddress, at: text.address)
            info.storeBytes(of: UInt32(room.count), toByteOffset: text.length, as: UInt32.self)
          }
          var start = 0
          for array in arrays where array.count > 0 {
            set(numbers.baseAddress.map { $0 + start * 8 }, at: array.address)
            start += array.count
          }
          if let count { info.storeBytes(of: count.value, toByteOffset: count.offset, as: UInt32.self) }
        }
        do throws(SystemCallError) {
          result = .success(
            try objectInfo(link, size: Self.linkInfoSize, subject: "link") { info in prepare(info) })
        } catch {
          result = .failure(error)
        }
      }
    }
    let info = try result.get()
    var start = 0
    let parts = arrays.map { array in
      defer { start += array.count }
      return Array(numbers[start..<(start + array.count)])
    }
    return (info, String(decoding: room.prefix { $0 != 0 }, as: UTF8.self), parts)
  }

  private func kprobeMulti(
    of link: borrowing OwnedDescriptor, _ info: ObjectInfoBytes
  ) throws(SystemCallError) -> LinkTarget.KprobeMulti {
    let count = Int(info.number(UInt32.self, at: 24))  // kprobe_multi.count
    var addresses: [UInt64] = []
    var cookies: [UInt64] = []
    if count > 0 {
      let counter = (offset: 24, value: UInt32(clamping: count))
      // kprobe_multi.addrs and kprobe_multi.cookies, which kernels before 6.9 refuse as a field that they do not know.
      if let both = try? linkInfo(link, text: nil, arrays: [(16, count), (40, count)], count: counter) {
        (addresses, cookies) = (both.arrays[0], both.arrays[1])
      } else {
        addresses = try linkInfo(link, text: nil, arrays: [(16, count)], count: counter).arrays[0]
      }
    }
    return LinkTarget.KprobeMulti(
      addresses: addresses, cookies: cookies, isReturn: info.number(UInt32.self, at: 28) & 1 != 0,
      missed: info.number(UInt64.self, at: 32))
  }

  private func uprobeMulti(
    of link: borrowing OwnedDescriptor, _ info: ObjectInfoBytes
  ) throws(SystemCallError) -> LinkTarget.UprobeMulti {
    let count = Int(info.number(UInt32.self, at: 52))  // uprobe_multi.count
    // uprobe_multi.path and path_size, .offsets, .ref_ctr_offsets and .cookies
    let details = try linkInfo(
      link, text: (16, 48), arrays: [(24, count), (32, count), (40, count)],
      count: count > 0 ? (52, UInt32(clamping: count)) : nil)
    return LinkTarget.UprobeMulti(
      path: details.text, offsets: details.arrays[0], referenceCounters: details.arrays[1],
      cookies: details.arrays[2], process: info.number(UInt32.self, at: 60),
      isReturn: info.number(UInt32.self, at: 56) & 1 != 0)
  }

  private func perfEvent(
    of link: borrowing OwnedDescriptor, _ info: ObjectInfoBytes
  ) throws(SystemCallError) -> LinkTarget {
    let kind = info.number(UInt32.self, at: 16)  // perf_event.type
    switch kind {
    case 1, 2:  // BPF_PERF_EVENT_UPROBE, BPF_PERF_EVENT_URETPROBE
      let path = try linkText(link, address: 24, length: 32)
      return .uprobe(
        LinkTarget.Uprobe(
          path: path, offset: info.number(UInt32.self, at: 36), cookie: info.number(UInt64.self, at: 40),
          referenceCounter: info.number(UInt64.self, at: 48), isReturn: kind == 2))
    case 3, 4:  // BPF_PERF_EVENT_KPROBE, BPF_PERF_EVENT_KRETPROBE
      let function = try linkText(link, address: 24, length: 32)
      return .kprobe(
        LinkTarget.Kprobe(
          function: function, offset: info.number(UInt32.self, at: 36), address: info.number(UInt64.self, at: 40),
          missed: info.number(UInt64.self, at: 48), cookie: info.number(UInt64.self, at: 56), isReturn: kind == 4))
    case 5:  // BPF_PERF_EVENT_TRACEPOINT
      return .tracepoint(
        name: try linkText(link, address: 24, length: 32), cookie: info.number(UInt64.self, at: 40))
    case 6:  // BPF_PERF_EVENT_EVENT
      return .event(
        type: info.number(UInt32.self, at: 32), config: info.number(UInt64.self, at: 24),
        cookie: info.number(UInt64.self, at: 40))
    default: return .unknown
    }
  }
}
