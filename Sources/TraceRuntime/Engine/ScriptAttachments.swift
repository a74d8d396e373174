import BPF
import Diagnostics
import KernelInterface
import TraceCompiler

/// The programs of a script in the kernel, and what they are attached to.
struct ScriptAttachments {
  private let script: CompiledScript
  private let loader: ProgramLoader
  private let attacher: Attacher
  private let options: TraceOptions
  private let kernelVersion: KernelVersion
  /// By the index of the program in the script.
  private var loaded: [Loaded] = []
  private var links: [Link] = []
  /// Probes that are in place, those of begin and end included.
  private(set) var probeCount = 0
  /// How each program was attached, a line for each.
  private(set) var summary: [String] = []

  init(
    _ script: CompiledScript, maps: [Map], machine: MachineFacts, options: TraceOptions, kernel: any KernelCalls
  ) {
    self.script = script
    self.options = options
    kernelVersion = machine.kernelVersion
    loader = ProgramLoader(
      kernel: kernel, maps: maps, configuration: script.configuration, log: .afterFailure())
    attacher = Attacher(kernel: kernel, onlineCPUs: machine.onlineCPUs, process: options.process)
  }

  /// A program in the kernel, and the plan that it was loaded for when one link is to serve many of its places.
  private struct Loaded {
    var program: Program
    var plan: MultiProbePlan?
  }

  /// How many attachments there are, begin and end not counted.
  var linkCount: Int { links.count }

  /// Loads every program.
  mutating func load() throws(TraceFailure) {
    loaded = []
    for program in script.programs { loaded.append(try loadForItsPlaces(program)) }
  }

  /// The programs that are run at begin or end.
  func programs(at site: ProbeSite) -> [Program] {
    zip(script.programs, loaded).filter { $0.0.attachments.contains { $0.site == site } }.map(\.1.program)
  }

  /// Attaches everything; the answer is what is to be said about probes that could not be.
  mutating func attach() throws(TraceFailure) -> [String] {
    var warnings: [String] = []
    for index in AttachOrder.indexes(of: script.programs) where loaded.indices.contains(index) {
      let program = script.programs[index]
      if let plan = loaded[index].plan {
        if let many = attach(loaded[index].program, by: plan) {
          links += many
          count(program.attachments, of: program, asLinks: many.count, way: plan.way)
          continue
        }
        loaded[index] = Loaded(program: try load(program))
      }
      var attached: [CompiledProgram.Attachment] = []
      for attachment in program.attachments {
        do throws(AttachFailure) {
          links += try attacher.attach(loaded[index].program, at: attachment)
          attached.append(attachment)
        } catch {
          switch script.configuration.missingProbes {
          case .error: throw .attach(error)
          case .warn: warnings.append("WARNING: \(error.text)")
          case .ignore: break
          }
        }
      }
      count(attached, of: program, asLinks: attached.count, way: program.way)
    }
    return warnings
  }

  /// Takes every program off; those of begin and end stay loaded.
  func detach() { Link.detach(links) }

  /// Closes what detaching left open, which takes the kernel some time for each perf event.
  func close() { Link.close(links) }

  /// Loads a program for one link that serves many places, where it has them and the kernel takes it so.
  private func loadForItsPlaces(_ program: CompiledProgram) throws(TraceFailure) -> Loaded {
    if let plan = MultiProbePlan(program), isAllowed(plan.reach) {
      do throws(BPFError) {
        return Loaded(program: try loader.load(program, for: plan.reach), plan: plan)
      } catch {
        // What the verifier has read it would refuse again.
        if case .programRefused(let refusal) = error, !refusal.log.text.isEmpty { throw failure(error, of: program) }
      }
    }
    return Loaded(program: try load(program))
  }

  private func load(_ program: CompiledProgram) throws(TraceFailure) -> Program {
    do throws(BPFError) { return try loader.load(program) } catch { throw failure(error, of: program) }
  }

  private func failure(_ error: BPFError, of program: CompiledProgram) -> TraceFailure {
    guard case .programRefused(let refusal) = error else { return .map(error) }
    return .programRefused(.programRefused(program, refusal, in: script.source), log: refusal.log.text)
  }

  /// Serves all places of a program with one link for each file, or one for the kernel; nil where this cannot be done,
  /// because the kernel is too old or one of the places is not there: then each is attached by itself, which tells.
  private func attach(_ program: Program, by plan: MultiProbePlan) -> [Link]? {
    var links: [Link] = []
    for group in plan.groups {
      let link: Link?
      switch (plan.reach, group.first?.site) {
      case (.manyUserFunctions, .userFunction(let path, _, _, _)):
        link = try? attacher.attachUserFunctions(program, path, group, onReturn: plan.onReturn)
      case (.manyKernelFunctions, _):
        link = try? attacher.attachKernelFunctions(program, group, onReturn: plan.onReturn)
      default:
        link = nil
      }
      guard let link else { return nil }
      links.append(link)
    }
    return links
  }

  private func isAllowed(_ reach: ProgramLoader.Reach) -> Bool {
    switch reach {
    case .single: false
    case .manyKernelFunctions: !options.withoutFeatures.contains(.manyKernelFunctions)
    // Before 6.10 a link narrowed to a process leaves its other threads out (`uprobe_multi_link_filter`).
    case .manyUserFunctions:
      !options.withoutFeatures.contains(.manyUserFunctions)
        && (options.process == nil || kernelVersion >= KernelVersion(6, 10))
    }
  }

  private mutating func count(
    _ attachments: [CompiledProgram.Attachment], of program: CompiledProgram, asLinks: Int, way: String
  ) {
    let probes = attachments.flatMap(\.probes)
    probeCount += probes.count
    guard let first = probes.first else { return }
    var line = "\(first.name)" + (probes.count > 1 ? " and \(probes.count - 1) more" : "")
    line += ": \(way)"
    if probes.count > asLinks { line += ", \(asLinks) attachment\(asLinks == 1 ? "" : "s") for all" }
    if !program.attachmentReason.isEmpty { line += " (\(program.attachmentReason))" }
    summary.append(line)
  }
}

extension MultiProbePlan {
  /// The way in which its places are attached together, for people.
  fileprivate var way: String { reach == .manyUserFunctions ? "uprobe_multi link" : "kprobe_multi link" }
}

extension CompiledProgram {
  /// The way in which a program is attached to one place at a time, for people.
  fileprivate var way: String {
    switch kind {
    case .testRun: "run once by a test run"
    case .tracepoint: "tracepoint as a perf event"
    case .rawTracepoint: "raw tracepoint"
    case .typedRawTracepoint: "raw tracepoint with types"
    case .trampoline: "trampoline"
    case .kprobe:
      if case .userFunction = attachments.first?.site { "uprobe as a perf event" } else { "kprobe as a perf event" }
    case .perfEvent: "perf event"
    }
  }
}
