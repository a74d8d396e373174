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
    let folder = "/proc/\(pid)"
    guard let descriptors = try? FileSystem.entries(of: "\(folder)/fd") else { return }
    var found: Set<Held> = []
    var comm: String?
    for descriptor in descriptors {
      // Links of perf events hang on them, so those are looked at too.
      guard let target = try? FileSystem.target(ofLink: "\(folder)/fd/\(descriptor.name)"),
        target.hasPrefix("anon_inode:"), target.contains("bpf") || target.contains("perf") || target.contains("btf"),
        let text = try? FileSystem.text(of: "\(folder)/fdinfo/\(descriptor.name)")
      else { continue }
      // The first id is the descriptor's own; a link's program is told behind it.
      guard let (kind, id) = Self.object(in: text), found.insert(Held(kind: kind, id: id)).inserted else { continue }
      let name = comm ?? ((try? FileSystem.text(of: "\(folder)/comm")) ?? "").trimmingNewline()
      comm = name
      processes[kind, default: [:]][id, default: []].append(Process(pid: pid, comm: name))
    }
  }

  /// What an fdinfo file says its descriptor is.
  static func object(in fdinfo: String) -> (ObjectKind, UInt32)? {
    var ids: [ObjectKind: UInt32] = [:]
    for line in fdinfo.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let kind = ObjectKind(fdinfoKey: parts[0]) else { continue }
      ids[kind] = UInt32(parts[1].filter { !$0.isWhitespace })
    }
    for kind in [ObjectKind.link, .program, .map, .btf] {
      if let id = ids[kind] { return (kind, id) }
    }
    return nil
  }

  /// The processes that hold an object, by their numbers.
  public func processes(holding kind: ObjectKind, _ id: UInt32) -> [Process] {
    (processes[kind]?[id] ?? []).sorted { $0.pid < $1.pid }
  }
}

extension ObjectKind {
  /// The kind whose number a descriptor's fdinfo tells by this word.
  fileprivate init?(fdinfoKey: Substring) {
    switch fdinfoKey {
    case "prog_id": self = .program
    case "map_id": self = .map
    case "link_id": self = .link
    case "btf_id": self = .btf
    default: return nil
    }
  }

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
