public import KernelInterface
internal import LinuxSystem

/// Which processes have descriptors of which objects, as `/proc/PID/fdinfo` tells.
///
/// No BPF program is needed to find out. Processes that end meanwhile, and those that we may not look into, are passed
/// over.
public struct Holders: Sendable {
  /// A process that holds an object.
  public struct Process: Hashable, Sendable {
    /// Its number.
    public var pid: Int32
    /// Its name (`comm`).
    public var comm: String
  }

  private struct Held: Hashable {
    var kind: ObjectKind
    var id: UInt32
  }

  private var processes: [ObjectKind: [UInt32: [Process]]] = [:]

  /// Nobody holds anything.
  public init() {}

  /// Looks through all processes.
  ///
  /// *Complexity*: one file for each descriptor that is BPF's, one link for each other.
  public static func find() -> Holders {
    var holders = Holders()
    for entry in (try? FileSystem.entries(of: "/proc")) ?? [] {
      guard let pid = Int32(entry.name) else { continue }
      holders.look(into: pid)
    }
    return holders
  }

  private mutating func look(into pid: Int32) {
    var found: Set<Held> = []
    var comm: String?
    ProcessDescriptors.forEachAnonymous(of: pid) { number, kind in
      // Links of perf events hang on them, so those are looked at too.
      guard kind.starts(with: "bpf".utf8) || kind.starts(with: "[perf".utf8) || kind.starts(with: "btf".utf8),
        let (kind, id) = DescriptorFacts(path: "/proc/\(pid)/fdinfo/\(number)").object,
        found.insert(Held(kind: kind, id: id)).inserted
      else { return }
      let name = comm ?? ((try? FileSystem.text(of: "/proc/\(pid)/comm")) ?? "").trimmingNewline()
      comm = name
      processes[kind, default: [:]][id, default: []].append(Process(pid: pid, comm: name))
    }
  }

  /// The processes that hold an object, by their numbers.
  public func processes(holding kind: ObjectKind, _ id: UInt32) -> [Process] {
    (processes[kind]?[id] ?? []).sorted { $0.pid < $1.pid }
  }
}

extension ObjectKind {
  var word: String {
    switch self {
    case .program: "program"
    case .map: "map"
    case .link: "link"
    case .btf: "BTF object"
    }
  }
}

extension String {
  fileprivate func trimmingNewline() -> String { hasSuffix("\n") ? String(dropLast()) : self }
}
