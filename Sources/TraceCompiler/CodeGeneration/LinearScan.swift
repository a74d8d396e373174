/// Gives each value a register, or the stack where registers run out.
///
/// Linear scan over intervals with holes, which are split where a register is lost: after Wimmer and Mössenböck,
/// "Optimized Interval Splitting in a Linear Scan Register Allocator" (VEE 2005), and Wimmer and Franz, "Linear Scan
/// Register Allocation on SSA Form" (CGO 2010). A value that is on the stack anywhere is stored once, where it is
/// defined, so that going to the stack later costs nothing.
struct LinearScan {
  /// r0 to r9.
  static let registerCount = 10
  /// r0 to r5 lose what they hold in a call.
  static let clobberedCount = 6

  private let live: LiveIntervals
  private var intervals: [LiveInterval]
  /// Not begun yet; by start, descending.
  private var unhandled: [Int]
  /// Begun, not ended, in a register, and covering the current position.
  private var active: [Int] = []
  /// Begun, not ended, in a register, in a hole at the current position.
  private var inactive: [Int] = []
  /// Per value, the register of its last interval.
  private var lastRegister: [UInt8?]
  private var isSpilled: [Bool]

  /// Where every value of `live` is kept at every position.
  static func allocate(_ live: LiveIntervals, valueCount: Int) -> Allocation {
    var scan = LinearScan(live, valueCount: valueCount)
    scan.run()
    return Allocation(live: live, intervals: scan.intervals, isSpilled: scan.isSpilled, valueCount: valueCount)
  }

  private init(_ live: LiveIntervals, valueCount: Int) {
    self.live = live
    intervals = live.intervals
    unhandled = intervals.indices.sorted { live.intervals[$0].start > live.intervals[$1].start }
    lastRegister = Array(repeating: nil, count: valueCount)
    isSpilled = Array(repeating: false, count: valueCount)
  }

  private mutating func run() {
    while let current = unhandled.popLast() {
      advance(to: intervals[current].start)
      if !takeFreeRegister(for: current) { takeBlockedRegister(for: current) }
      if case .register(let register) = intervals[current].place {
        lastRegister[intervals[current].value.index] = register
        active.append(current)
      }
    }
  }

  /// Sorts the begun intervals anew for `position`.
  private mutating func advance(to position: Int32) {
    var nowActive: [Int] = [], nowInactive: [Int] = []
    func sort(_ index: Int) {
      guard intervals[index].end > position else { return }
      if intervals[index].covers(position) { nowActive.append(index) } else { nowInactive.append(index) }
    }
    active.forEach(sort)
    inactive.forEach(sort)
    active = nowActive
    inactive = nowInactive
  }

  // MARK: Free registers

  private mutating func takeFreeRegister(for current: Int) -> Bool {
    let interval = intervals[current]
    var freeUntil = [Int32](repeating: .max, count: Self.registerCount)
    for index in active {
      if case .register(let register) = intervals[index].place { freeUntil[Int(register)] = 0 }
    }
    for index in inactive {
      guard case .register(let register) = intervals[index].place, freeUntil[Int(register)] > 0,
        let position = intervals[index].intersection(with: interval)
      else { continue }
      freeUntil[Int(register)] = min(freeUntil[Int(register)], position)
    }
    clobber(&freeUntil, interval)
    if let register = hintedRegister(for: interval, freeUntil) ?? smallestFit(for: interval, freeUntil) {
      intervals[current].place = .register(register)
      return true
    }
    var best = 0
    for register in 1..<Self.registerCount where freeUntil[register] > freeUntil[best] { best = register }
    let cut = gap(before: freeUntil[best])
    guard cut > interval.start else { return false }
    intervals[current].place = .register(UInt8(truncatingIfNeeded: best))
    enqueue(intervals[current].split(at: cut))
    return true
  }

  /// A register that saves a move and is free for all of the interval.
  private func hintedRegister(for interval: LiveInterval, _ freeUntil: [Int32]) -> UInt8? {
    if let last = lastRegister[interval.value.index], freeUntil[Int(last)] >= interval.end { return last }
    for register in live.registerHints[interval.value.index] where freeUntil[Int(register)] >= interval.end {
      return register
    }
    for value in live.valueHints[interval.value.index] {
      if let register = lastRegister[value.index], freeUntil[Int(register)] >= interval.end { return register }
      // What the other one would like itself: then both may get it.
      for register in live.registerHints[value.index] where freeUntil[Int(register)] >= interval.end { return register }
    }
    return nil
  }

  /// The register that is free for all of the interval, but for no longer than need be: r6 to r9 are for those values
  /// that outlive calls.
  private func smallestFit(for interval: LiveInterval, _ freeUntil: [Int32]) -> UInt8? {
    let order: [Int] = [5, 4, 3, 2, 1, 0, 6, 7, 8, 9]
    var best: Int?
    for register in order where freeUntil[register] >= interval.end {
      if let chosen = best, freeUntil[chosen] <= freeUntil[register] { continue }
      best = register
    }
    return best.map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Lowers the positions of r0 to r5 to where these lose what they hold within the interval.
  private func clobber(_ positions: inout [Int32], _ interval: LiveInterval) {
    if let call = Self.first(of: live.calls, in: interval) {
      for register in 0..<Self.clobberedCount { positions[register] = min(positions[register], call) }
    }
    if let other = Self.first(of: live.resultClobbers, in: interval) { positions[0] = min(positions[0], other) }
  }

  private static func first(of positions: [Int32], in interval: LiveInterval) -> Int32? {
    for span in interval.spans {
      var low = 0, high = positions.count
      while low < high {
        let middle = (low + high) / 2
        if positions[middle] < span.from { low = middle + 1 } else { high = middle }
      }
      if low < positions.count, positions[low] < span.to { return positions[low] }
    }
    return nil
  }

  // MARK: No free register

  private mutating func takeBlockedRegister(for current: Int) {
    let interval = intervals[current]
    guard let firstUse = interval.registerUse(from: interval.start) else {
      intervals[current].place = .stack
      isSpilled[interval.value.index] = true
      return
    }
    var nextUse = [Int32](repeating: .max, count: Self.registerCount)
    var blocked = [Int32](repeating: .max, count: Self.registerCount)
    clobber(&blocked, interval)
    nextUse = blocked
    let from = gap(before: interval.start)
    for index in active + inactive {
      guard case .register(let register) = intervals[index].place else { continue }
      if !intervals[index].covers(interval.start), intervals[index].intersection(with: interval) == nil { continue }
      let use = intervals[index].registerUse(from: from) ?? .max
      nextUse[Int(register)] = min(nextUse[Int(register)], use)
    }
    var best = 0
    for register in 1..<Self.registerCount where nextUse[register] > nextUse[best] { best = register }
    let cut = gap(before: firstUse)
    if nextUse[best] <= firstUse, cut > interval.start {
      let rest = intervals[current].split(at: cut)
      intervals[current].place = .stack
      isSpilled[interval.value.index] = true
      enqueue(rest)
      return
    }
    intervals[current].place = .register(UInt8(truncatingIfNeeded: best))
    if blocked[best] < interval.end {
      let cut = gap(before: blocked[best])
      if cut > interval.start { enqueue(intervals[current].split(at: cut)) }
    }
    evict(from: best, for: intervals[current])
  }

  /// Sends to the stack what is in `register` where `interval` wants it.
  private mutating func evict(from register: Int, for interval: LiveInterval) {
    let position = gap(before: interval.start)
    for index in active + inactive where intervals[index].place == .register(UInt8(truncatingIfNeeded: register)) {
      guard intervals[index].covers(interval.start) || intervals[index].intersection(with: interval) != nil else {
        continue
      }
      isSpilled[intervals[index].value.index] = true
      if position > intervals[index].start {
        let rest = intervals[index].split(at: position)
        keepOnStack(append(rest))
      } else {
        active.removeAll { $0 == index }
        inactive.removeAll { $0 == index }
        keepOnStack(index)
      }
    }
    // What was cut off no longer covers the current position.
    let kept = active
    active = kept.filter { intervals[$0].end > interval.start }
    inactive.removeAll { intervals[$0].end <= interval.start }
  }

  /// Leaves the interval on the stack up to where it is needed in a register.
  private mutating func keepOnStack(_ index: Int) {
    let start = intervals[index].start
    if let use = intervals[index].registerUse(from: start) {
      let cut = gap(before: use)
      guard cut > start else {
        intervals[index].place = .none
        insertUnhandled(index)
        return
      }
      enqueue(intervals[index].split(at: cut))
    }
    intervals[index].place = .stack
  }

  // MARK: Positions and lists

  /// The last place at or before `position` where values can be moved: a gap, or the beginning of a block.
  private func gap(before position: Int32) -> Int32 {
    guard position & 1 == 0, position != .max else { return position }
    var low = 0, high = live.blockStarts.count
    while low < high {
      let middle = (low + high) / 2
      if live.blockStarts[middle] < position { low = middle + 1 } else { high = middle }
    }
    return low < live.blockStarts.count && live.blockStarts[low] == position ? position : position - 1
  }

  private mutating func append(_ interval: LiveInterval) -> Int {
    intervals.append(interval)
    return intervals.count - 1
  }

  private mutating func enqueue(_ interval: LiveInterval) {
    guard !interval.spans.isEmpty else { return }
    insertUnhandled(append(interval))
  }

  private mutating func insertUnhandled(_ index: Int) {
    let start = intervals[index].start
    var low = 0, high = unhandled.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[unhandled[middle]].start > start { low = middle + 1 } else { high = middle }
    }
    unhandled.insert(index, at: low)
  }
}
