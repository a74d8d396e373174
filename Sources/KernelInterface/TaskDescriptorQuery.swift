public import LinuxSystem

/// What the program behind a process's descriptor of a perf event or raw tracepoint is attached to.
///
/// Source: `struct task_fd_query` and `enum bpf_task_fd_type` in `include/uapi/linux/bpf.h`.
public struct TaskDescriptorTarget: Hashable, Sendable {
  /// The kinds of targets.
  public enum Kind: UInt32, Sendable {
    /// `BPF_FD_TYPE_RAW_TRACEPOINT`.
    case rawTracepoint = 0
    /// `BPF_FD_TYPE_TRACEPOINT`.
    case tracepoint = 1
    /// `BPF_FD_TYPE_KPROBE`.
    case kprobe = 2
    /// `BPF_FD_TYPE_KRETPROBE`.
    case kretprobe = 3
    /// `BPF_FD_TYPE_UPROBE`.
    case uprobe = 4
    /// `BPF_FD_TYPE_URETPROBE`.
    case uretprobe = 5
  }

  /// The program's number.
  public var programID: UInt32
  /// What it is attached to.
  public var kind: Kind
  /// A tracepoint, a function or a file; "" for a kprobe by address.
  public var name: String
  /// The distance from the function's start, or the place in the file.
  public var offset: UInt64
  /// The address of a kprobe that has no name.
  public var address: UInt64
}

extension KernelCalls {
  /// Asks what a descriptor of a process is attached to (`BPF_TASK_FD_QUERY`).
  ///
  /// *First kernel*: 4.18. Needs CAP_SYS_ADMIN.
  ///
  /// - Throws: `ENOTSUPP` for what is no perf event or raw tracepoint, `EOPNOTSUPP` for a perf event without a program;
  ///   `ENOENT` and `EBADF` when process or descriptor are gone.
  public func descriptorTarget(process: Int32, descriptor: Int32) throws(SystemCallError) -> TaskDescriptorTarget {
    var text = [UInt8](repeating: 0, count: 4096)
    var attribute = BPFAttribute()
    let answer = text.withUnsafeMutableBytes { room in
      attribute.set(process, at: 0)  // task_fd_query.pid
      attribute.set(descriptor, at: 4)  // task_fd_query.fd
      attribute.set(UInt32(room.count), at: 12)  // task_fd_query.buf_len
      attribute.set(UnsafeRawPointer(room.baseAddress), at: 16)  // task_fd_query.buf
      return bpf(.taskDescriptorQuery, &attribute)
    }
    let subject = "descriptor \(descriptor) of process \(process)"
    try SystemCallError.check(answer, "bpf(BPF_TASK_FD_QUERY)", on: subject)
    guard let kind = TaskDescriptorTarget.Kind(rawValue: attribute.get(UInt32.self, at: 28)) else {
      throw SystemCallError(call: "bpf(BPF_TASK_FD_QUERY)", subject: subject, errno: .notSupported)
    }
    return TaskDescriptorTarget(
      programID: attribute.get(UInt32.self, at: 24), kind: kind,
      name: String(decoding: text.prefix { $0 != 0 }, as: UTF8.self), offset: attribute.get(UInt64.self, at: 32),
      address: attribute.get(UInt64.self, at: 40))
  }
}
