import Bytecode
import Diagnostics
import TraceLanguage

/// Writes one program: turns the bodies of a plan into SSA form.
///
/// Scalars become SSA values. Everything else lies in memory and is written straight to where it is wanted: into an
/// event's record, a map's key, a variable. What is small goes on the stack, what is not into scratch memory: a map
/// value that belongs to this program and this CPU alone.
struct ProgramLowering {
  var assembly: ScriptAssembly
  let plan: ProgramPlan
  let programIndex: Int

  var builder: SSABuilder
  /// Finished callbacks; the entry is written last and takes the first place.
  var callbacks: [SSAFunction] = []

  // The body that is being written.
  var body: TypedBody
  var probe: Probe
  var scopes: [[String: SourceSpan]] = [[:]]
  var storage: [SourceSpan: VariableStorage] = [:]
  var captured: Set<SourceSpan> = []
  var loops: [LoopFrame] = []
  /// The probe name's index, where a folded program looks it up.
  var selectedName: SSAValue?

  // The function that is being written.
  var frame: FunctionFrame

  var scratch: ScratchAllocation
  /// The end of what runs before the bodies: what is written there can be used everywhere in the entry.
  var prologue: SSABlockID
  /// Where the text goes on behind the prologue.
  private var start: SSABlockID
  /// Where the program ends.
  let exitBlock: SSABlockID

  /// Where a scratch variable is kept.
  enum VariableStorage {
    /// In a register, as far as possible.
    case register(SSAVariable)
    /// In scratch memory: what is large, and what a loop's body shares with what is around it.
    case memory(offset: Int32)
  }

  /// What is specific to the function that is being written: the entry or a loop's callback.
  struct FunctionFrame {
    /// The program's context.
    var context: SSAValue
    /// The scratch memory's address.
    var scratchBase: SSAValue?
    /// Where the command name and the ids are kept, in every region that asks for them.
    var commandNameSlot: FrameSlot?
    var processIDsSlot: FrameSlot?
    /// The places for small temporary values.
    var slots = SlotPool()
    /// Regions of the text, outermost first: what was computed in one of them can be used here.
    var regions: [Int] = [0]
    /// The command name, once it was asked for, and the region where that was.
    var commandName: (location: Location, region: Int)?
    /// The process and thread id of our pid namespace, once they were asked for.
    var processIDs: (location: Location, region: Int)?
  }

  var regionCount = 1

  /// Bytes of the stack that temporary values may take in each function.
  let slotLimit: Int

  init(
    assembly: ScriptAssembly, plan: ProgramPlan, programIndex: Int, bodies: [TypedBody], script: Script,
    slotLimit: Int
  ) {
    self.slotLimit = slotLimit
    self.assembly = assembly
    self.plan = plan
    self.programIndex = programIndex
    builder = SSABuilder(name: "program", parameterCount: 1)
    body = bodies[0]
    probe = script.probes[bodies[0].body.probeIndex]
    frame = FunctionFrame(context: builder.parameters[0])
    scratch = ScratchAllocation(isExclusive: plan.mayBePreempted)
    prologue = builder.entry
    exitBlock = builder.createBlock()
    start = builder.createBlock()
    self.bodies = bodies
    self.script = script
  }

  let bodies: [TypedBody]
  let script: Script

  var catalog: TypeCatalog { assembly.catalog }
  var target: any CompilationTarget { assembly.catalog.target }
  var features: TargetFeatures { assembly.catalog.target.features }

  // MARK: The program as a whole

  /// Writes the program; the assembly has then what it needs of maps and actions.
  mutating func lower() -> SSAModule {
    builder.move(to: start)
    lowerProcessFilter()
    switch plan.selector {
    case .single: lowerBody(at: 0)
    case .systemCallNumber(let selection, let isExit): lowerSelection(selection, isExit: isExit)
    }
    builder.jump(exitBlock)
    finishEntry()
    return SSAModule(functions: [builder.finish()] + callbacks)
  }

  mutating func lowerBody(at index: Int) {
    body = bodies[index]
    probe = script.probes[body.body.probeIndex]
    scopes = [[:]]
    captured = VariableCapture.captured(in: probe)
    storage = [:]
    loops = []
    builder.span = probe.span
    if let predicate = probe.predicate {
      let run = builder.createBlock(), refused = builder.createBlock()
      lowerBranch(on: predicate, then: run, otherwise: refused)
      builder.seal(run)
      builder.seal(refused)
      builder.move(to: refused)
      if frame.scratchBase == nil { builder.returnValue(.constant(0)) } else { builder.jump(exitBlock) }
      builder.move(to: run)
      if isAloneInTheText { movePrologueHere() }
    }
    lower(probe.body.statements)
  }

  /// Whether what comes next is run by every event that is not left out: then it can have the prologue before it.
  private var isAloneInTheText: Bool { frame.regions.count == 1 }

  /// Puts the prologue here, so that events which did not come so far are spared what it costs.
  ///
  /// Only while nothing is in it, and where all that may need it comes later.
  mutating func movePrologueHere() {
    guard frame.scratchBase == nil, let here = builder.currentBlock else { return }
    builder.move(to: prologue)
    builder.jump(start)
    builder.seal(start)
    prologue = here
    start = builder.createBlock()
    builder.move(to: start)
  }

  /// Leaves events of other processes alone (`-p`), for kinds of programs that see all of them.
  private mutating func lowerProcessFilter() {
    guard let process = assembly.options.process, plan.filtersProcess else { return }
    let run = builder.createBlock()
    builder.branch(.equal, processID(), .constant(Int64(process)), then: run, otherwise: exitBlock)
    builder.seal(run)
    builder.move(to: run)
    movePrologueHere()
  }

  /// Closes the entry, once it is known what the bodies need of it, and writes the one way out.
  private mutating func finishEntry() {
    builder.move(to: prologue)
    builder.jump(start)
    builder.seal(start)
    builder.seal(exitBlock)
    builder.move(to: exitBlock)
    if scratch.isExclusive, let base = frame.scratchBase { builder.store(.doubleWord, base, constant: 0) }
    builder.returnValue(.constant(0))
    guard let map = scratch.map else { return }
    assembly.setScratchByteCount(Int(scratch.byteCount), of: map)
    if scratch.byteCount > Self.scratchLimit {
      assembly.diagnostics.report(.scratchTooBig(Int(scratch.byteCount), Int(Self.scratchLimit), at: probe.span))
    }
  }

  // MARK: Regions

  /// Writes something that may be skipped: what it computes is not there behind it.
  mutating func inRegion<R>(_ body: (inout ProgramLowering) -> R) -> R {
    frame.regions.append(regionCount)
    regionCount += 1
    let result = body(&self)
    frame.regions.removeLast()
    return result
  }

  // MARK: Types

  func type(of expression: Expression) -> ValueType {
    body.types.indices.contains(expression.id.index) ? body.types[expression.id.index] : .unknown
  }

  func layout(of type: ValueType) -> StorageLayout { StorageLayout(of: type, catalog: catalog) }
}

extension ProgramPlan {
  /// Whether another event may run the same program on the same CPU before this one is through with it: uprobes run
  /// preemptibly since kernel 6.0, kprobes may hit in interrupts.
  var mayBePreempted: Bool {
    attachments.contains { attachment in
      if case .userFunction = attachment.site { true } else { false }
    }
  }

  /// Whether `-p` has to be checked in the program, since the kernel attaches this kind to all processes.
  var filtersProcess: Bool {
    switch kind {
    case .tracepoint, .rawTracepoint, .typedRawTracepoint, .trampoline: true
    case .kprobe:
      attachments.contains { attachment in
        if case .kernelFunction = attachment.site { true } else { false }
      }
    // perf could be told of one process too, but would then leave out the threads that it starts later.
    case .perfEvent:
      attachments.contains { attachment in
        switch attachment.site {
        case .profile, .software: true
        default: false
        }
      }
    case .testRun: false
    }
  }
}
