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

  /// Attaches what can be attached.
  ///
  /// - Throws: ``RunFailure/attach(program:_:)`` when a place that a program or the user names does not take it.
  init(of object: BPFObject, to targets: AttachmentTargets, kernel: any KernelCalls) throws(RunFailure) {
    let attacher = ObjectAttacher(object, process: targets.process)
    var unlimited: [String] = []
    for program in object.spec.programs where program.isAttached {
      guard let loaded = try? object.program(named: program.name) else { continue }
      do throws(BPFError) {
        if let link = try attacher.attach(program) {
          add(link, program.name)
          if program.section?.attachment == .iterator { iterators.append(link) }
          if !program.canBeLimited { unlimited.append(program.name) }
          continue
        }
        switch try TargetedProgram(program, loaded, targets).attach() {
        case .attached(let links): for link in links { add(link, program.name) }
        case .wanting(let reason):
          warnings.append("program '\(program.name)' (\(program.sectionName)) is not attached: \(reason)")
        }
      } catch {
        // What an iterator goes over is a thing of its own program's.
        guard case .attach(.badIteratorParameter(_, let reason)) = error else {
          throw .attach(program: program.name, error)
        }
        warnings.append("program '\(program.name)' (\(program.sectionName)) is not attached: \(reason)")
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
