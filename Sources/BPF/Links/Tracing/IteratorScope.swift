internal import KernelInterface
internal import LinuxSystem

/// What an iterator visits of its kind of things.
public enum IteratorScope: Sendable {
  /// All of them.
  case everything
  /// The elements of a map: kinds `bpf_map_elem`, `bpf_sk_storage_map`. *First kernel*: 5.9.
  case map(Map)
  /// One thread's: kinds `task`, `task_file`, `task_vma`. *First kernel*: 6.1.
  case thread(Int32)
  /// All threads of a process. *First kernel*: 6.1.
  case process(Int32)
  /// The process behind a descriptor. *First kernel*: 6.1.
  case processDescriptor(CInt)
  /// Control groups around the one whose directory has this path: kind `cgroup`. *First kernel*: 6.1.
  case cgroup(path: String, CgroupOrder)
  /// Control groups around the one with this id (the inode of its directory). *First kernel*: 6.1.
  case cgroupID(UInt64, CgroupOrder)

  /// `enum bpf_cgroup_iter_order`.
  public enum CgroupOrder: UInt32, CaseIterable, Sendable {
    /// The group alone.
    case selfOnly = 1
    /// A group before its descendants.
    case descendantsPre = 2
    /// A group behind its descendants.
    case descendantsPost = 3
    /// From the group up to the root.
    case ancestorsUp = 4
    /// The groups directly below. *First kernel*: 6.19.
    case children = 5
  }

  /// `union bpf_iter_link_info`, sixteen bytes since Linux 6.1; none for everything.
  ///
  /// Layout: `include/uapi/linux/bpf.h`.
  func parameters(directory: CInt?) -> [UInt8] {
    var words: [UInt32] = [0, 0, 0, 0]
    switch self {
    case .everything: return []
    case .map(let map): words[0] = UInt32(bitPattern: map.descriptor.withNumber { $0 })  // map.map_fd
    case .thread(let id): words[0] = UInt32(bitPattern: id)  // task.tid
    case .process(let id): words[1] = UInt32(bitPattern: id)  // task.pid
    case .processDescriptor(let number): words[2] = UInt32(bitPattern: number)  // task.pid_fd
    case .cgroup(_, let order):
      words[0] = order.rawValue  // cgroup.order
      words[1] = UInt32(bitPattern: directory ?? 0)  // cgroup.cgroup_fd
    case .cgroupID(let id, let order):
      words[0] = order.rawValue
      words[2] = UInt32(truncatingIfNeeded: id)  // cgroup.cgroup_id
      words[3] = UInt32(truncatingIfNeeded: id >> 32)
    }
    return words.flatMap { word in withUnsafeBytes(of: word) { Array($0) } }
  }
}

extension IteratorScope: CustomStringConvertible {
  /// What is visited.
  public var description: String {
    switch self {
    case .everything: "everything"
    case .map(let map): "map '\(map.spec.name)'"
    case .thread(let id): "thread \(id)"
    case .process(let id): "process \(id)"
    case .processDescriptor: "one process"
    case .cgroup(let path, _): "control group \(path)"
    case .cgroupID(let id, _): "control group \(id)"
    }
  }
}
