internal import BPF
internal import KernelInterface
internal import LinuxSystem

/// The programs of an object where they are attached.
struct Attachments {
  /// What was attached, in the order of the programs.
  private(set) var links: [Link] = []
  /// Links of iterators, to be read.
  private(set) var iterators: [Link] = []
  /// Why programs are not attached, and what else the user should know.
  private(set) var warnings: [String] = []
  /// Which program is attached to what.
  private(set) var places: [(program: String, place: String)] = []

  /// How often `perf_event` programs run when nobody says, in calls a second on each CPU.
  private static let frequency: UInt64 = 99

  /// Attaches what can be attached.
  ///
  /// - Throws: ``RunFailure/attach(program:_:)`` when a place that a program or the user names does not take it.
  init(of object: BPFObject, to targets: AttachmentTargets, kernel: any KernelCalls) throws(RunFailure) {
    var targets = targets
    if targets.frequency == nil { targets.frequency = Self.frequency }
    targets.includesNetwork = true
    let attacher = ObjectAttacher(object, targets: targets)
    var unlimited: [String] = []
    for program in object.spec.programs where program.isAttached {
      let outcome: Result<[Link], UnattachedProgram>
      do throws(BPFError) { outcome = try attacher.attach(program) } catch {
        throw .attach(program: program.name, error)
      }
      switch outcome {
      case .success(let links):
        for link in links { add(link, program.name) }
        if program.section?.attachment == .iterator { iterators += links }
        if program.section?.attachment != nil, !links.isEmpty, !program.canBeLimited { unlimited.append(program.name) }
      case .failure(let left):
        warnings.append("program '\(left.program)' (\(left.section)) is not attached: \(left.reason.advice(program))")
      }
    }
    for map in object.maps {
      do throws(BPFError) {
        if let link = try attacher.attachOperations(of: map) { add(link, map.spec.name) }
      } catch { throw .attach(program: map.spec.name, error) }
    }
    if targets.process != nil, !unlimited.isEmpty {
      warnings.append(
        "--pid limits user probes and clocks only: \(unlimited.joined(separator: ", ")) "
          + "\(unlimited.count == 1 ? "sees" : "see") every process")
    }
  }

  private mutating func add(_ link: Link, _ program: String) {
    links.append(link)
    places.append((program, link.subject))
  }

  /// Takes all programs off, the last first.
  mutating func detach() {
    while let link = links.popLast() { link.close() }
    iterators = []
  }
}

extension ObjectProgram {
  /// Whether it can be attached for one process alone.
  fileprivate var canBeLimited: Bool {
    switch section?.attachment {
    case .uprobe, .uretprobe, .uprobeMulti, .uretprobeMulti, .uprobeSession, .usdt, .iterator: true
    default: false
    }
  }
}

extension UnattachedProgram.Reason {
  /// What the user of the command does about it.
  fileprivate func advice(_ program: ObjectProgram) -> String {
    switch self {
    case .interface: "say on which network interface: --dev NAME"
    case .controlGroup: "say for which control group: --cgroup PATH, as in --cgroup /sys/fs/cgroup"
    case .element: "it belongs into a map of devices or CPUs, which a program of yours fills"
    case .call: "it runs when it is called: bpf prog run"
    case .iterated(let reason): reason
    case .target where program.section?.traits.contains(.namesTarget) == true:
      "its section does not say to what: \(program.section?.prefix ?? "")/…"
    default: "what it attaches to (a socket, a map, a hook of the network) has to be opened by a program of yours"
    }
  }
}
