import Bytecode

/// How the scratch memory of a program is handed out.
struct ScratchAllocation {
  /// Whether entries must be claimed, because a program may be entered again before it is through.
  let isExclusive: Bool
  /// Bytes in use at this point of the text.
  private(set) var position: Int32
  /// The most that was ever in use.
  private(set) var byteCount: Int32
  var map: MapReference?

  /// Entries of the map when they must be claimed: how deep re-entry may go.
  static let exclusiveEntryCount = 4

  init(isExclusive: Bool) {
    self.isExclusive = isExclusive
    // The first word says whether the entry is claimed.
    position = isExclusive ? 8 : 0
    byteCount = position
  }

  mutating func allocate(_ count: Int) -> Int32 {
    let offset = position
    let rounded = Int32(clamping: StorageLayout.roundedUp(max(8, count)))
    let (next, overflow) = position.addingReportingOverflow(rounded)
    position = overflow ? .max - 8 : next
    byteCount = max(byteCount, position)
    return offset
  }

  /// Gives back what was allocated since the position was `mark`.
  mutating func release(to mark: Int32) { position = mark }
}

/// The stack slots of a function that hold temporary values, one after the other.
struct SlotPool {
  /// Bytes of all slots.
  private(set) var byteCount = 0
  /// The slots in use, in the order in which they were taken.
  private(set) var taken: [(slot: FrameSlot, byteCount: Int)] = []
  private var free: [(slot: FrameSlot, byteCount: Int)] = []

  /// The smallest free slot that is big enough.
  mutating func reuse(byteCount: Int) -> FrameSlot? {
    let fitting = free.indices.filter { free[$0].byteCount >= byteCount }
    guard let best = fitting.min(by: { free[$0].byteCount < free[$1].byteCount }) else { return nil }
    let entry = free.remove(at: best)
    taken.append(entry)
    return entry.slot
  }

  mutating func add(_ slot: FrameSlot, byteCount: Int) {
    self.byteCount += byteCount
    taken.append((slot, byteCount))
  }

  mutating func release(to count: Int) {
    while taken.count > count, let last = taken.popLast() { free.append(last) }
  }
}

/// How far temporary values reach, in scratch memory and on the stack.
struct TemporaryMark {
  var scratch: Int32
  var slots: Int
}

extension ProgramLowering {
  /// The largest value of a per-CPU map (`PCPU_MIN_UNIT_SIZE` of the kernel).
  static let scratchLimit: Int32 = 32768
  /// Bytes of the stack that slots may take; the rest of its 512 is for the register allocator.
  ///
  /// Where that turns out to be too little, because much is computed at once or loops are nested, temporary values go
  /// to scratch memory.
  static let slotLimits = [200, 0]
  /// Values up to this size may lie on the stack.
  static let slotValueLimit = 64

  /// The address of this program's scratch memory, in the function that is being written.
  mutating func scratchBase() -> SSAValue {
    if let base = frame.scratchBase { return base }
    let map = scratchMap()
    let resumed = builder.currentBlock
    builder.move(to: prologue)
    let base = scratch.isExclusive ? claimScratch(in: map) : lookUpScratch(in: map)
    // What cannot be reached stays so.
    if let resumed { builder.move(to: resumed) } else { builder.move(to: builder.entry) }
    frame.scratchBase = base
    return base
  }

  private mutating func scratchMap() -> MapReference {
    if let map = scratch.map { return map }
    let map = assembly.append(
      CompiledMap(
        role: .scratch(program: programIndex), storage: .perCPUArray, keyByteCount: 4, valueByteCount: 0,
        maximumEntries: scratch.isExclusive ? ScratchAllocation.exclusiveEntryCount : 1))
    scratch.map = map
    return map
  }

  private mutating func lookUpScratch(in map: MapReference) -> SSAValue {
    let key = wordSlot()
    builder.store(.word, key.base, offset: key.offset, constant: 0)
    let base = builder.call(.mapLookupElem, [builder.mapAddress(map), builder.address(of: key)])
    let found = builder.createBlock(), missing = builder.createBlock()
    builder.branch(.notEqual, base, .constant(0), then: found, otherwise: missing)
    builder.seal(found)
    builder.seal(missing)
    builder.move(to: missing)
    builder.returnValue(.constant(0))
    builder.move(to: found)
    prologue = found
    return base
  }

  /// Takes the first entry that nobody on this CPU is using; when all are in use, the event is counted as lost.
  private mutating func claimScratch(in map: MapReference) -> SSAValue {
    let claimed = builder.createBlock(parameterCount: 1)
    let missing = builder.createBlock()
    let key = wordSlot()
    for index in 0..<ScratchAllocation.exclusiveEntryCount {
      builder.store(.word, key.base, offset: key.offset, constant: Int64(index))
      let entry = builder.call(.mapLookupElem, [builder.mapAddress(map), builder.address(of: key)])
      let found = builder.createBlock(), next = builder.createBlock()
      builder.branch(.notEqual, entry, .constant(0), then: found, otherwise: missing)
      builder.seal(found)
      builder.move(to: found)
      let before = builder.atomicExchange(.doubleWord, entry, .constant(1))
      builder.branch(.equal, before, .constant(0), then: claimed, [.value(entry)], otherwise: next)
      builder.seal(next)
      builder.move(to: next)
    }
    countLoss()
    builder.jump(missing)
    builder.seal(missing)
    builder.move(to: missing)
    builder.returnValue(.constant(0))
    builder.seal(claimed)
    prologue = claimed
    return builder.parameters(of: claimed)[0]
  }

  /// A place for a value: on the stack when it is small, else in scratch memory.
  mutating func temporary(byteCount: Int) -> Location {
    let rounded = StorageLayout.roundedUp(max(8, byteCount))
    if rounded <= Self.slotValueLimit, let slot = slot(byteCount: rounded, limit: slotLimit) {
      return Location(base: builder.frameAddress(slot), offset: 0)
    }
    return scratchLocation(byteCount: byteCount)
  }

  /// Eight bytes of the stack that only the next few instructions use.
  mutating func wordSlot() -> Location {
    if let slot = slot(byteCount: 8, limit: slotLimit + 64) {
      return Location(base: builder.frameAddress(slot), offset: 0)
    }
    return scratchLocation(byteCount: 8)
  }

  /// A slot of the stack, until its temporaries are released; nil when there would be more than `limit` bytes of them.
  mutating func slot(byteCount: Int, limit: Int) -> FrameSlot? {
    if let slot = frame.slots.reuse(byteCount: byteCount) { return slot }
    return frame.slots.byteCount + byteCount > limit ? nil : newSlot(byteCount: byteCount)
  }

  /// A slot of the stack, however many there are: for what must lie there.
  mutating func slot(byteCount: Int) -> FrameSlot {
    frame.slots.reuse(byteCount: byteCount) ?? newSlot(byteCount: byteCount)
  }

  private mutating func newSlot(byteCount: Int) -> FrameSlot {
    let slot = builder.createFrameSlot(size: byteCount)
    frame.slots.add(slot, byteCount: byteCount)
    return slot
  }

  /// What temporary values take at this point of the text.
  var temporaryMark: TemporaryMark { TemporaryMark(scratch: scratch.position, slots: frame.slots.taken.count) }

  /// Gives back what temporary values took since `mark`.
  mutating func releaseTemporaries(to mark: TemporaryMark) {
    scratch.release(to: mark.scratch)
    frame.slots.release(to: mark.slots)
  }

  mutating func scratchLocation(byteCount: Int) -> Location {
    let base = scratchBase()
    return Location(base: base, offset: scratch.allocate(byteCount))
  }
}
