/// Where every value is at every position.
struct Allocation {
  let live: LiveIntervals
  /// Per value, its intervals by start.
  private let intervals: [[LiveInterval]]
  /// Per value, the number of its place on the stack; −1 when it has none.
  let spillSlots: [Int32]
  /// How many places on the stack are used.
  let spillSlotCount: Int
  /// The values with a place on the stack, in no order.
  let spilled: [SSAValue]

  init(live: LiveIntervals, intervals: [LiveInterval], isSpilled: [Bool], valueCount: Int) {
    self.live = live
    var perValue = [[LiveInterval]](repeating: [], count: valueCount)
    for interval in intervals { perValue[interval.value.index].append(interval) }
    for index in perValue.indices where perValue[index].count > 1 {
      perValue[index].sort { $0.start < $1.start }
    }
    self.intervals = perValue
    var slots = [Int32](repeating: -1, count: valueCount)
    var spilled: [SSAValue] = []
    // Values whose lives do not meet share a place.
    var occupants: [[LiveInterval]] = []
    for whole in live.intervals.sorted(by: { $0.start < $1.start }) where isSpilled[whole.value.index] {
      let free = occupants.firstIndex { $0.allSatisfy { $0.intersection(with: whole) == nil } }
      let slot = free ?? occupants.count
      if free == nil { occupants.append([]) }
      occupants[slot].append(whole)
      slots[whole.value.index] = Int32(truncatingIfNeeded: slot)
      spilled.append(whole.value)
    }
    spillSlots = slots
    spillSlotCount = occupants.count
    self.spilled = spilled
  }

  /// Where the instruction at `position` finds the value.
  func place(of value: SSAValue, readAt position: Int32) -> LiveInterval.Place {
    for interval in intervals[value.index] where interval.start < position && position <= interval.end {
      return interval.place
    }
    return .none
  }

  /// Where the value is from `position` on, where its definition or a block begins.
  func place(of value: SSAValue, from position: Int32) -> LiveInterval.Place {
    for interval in intervals[value.index] where interval.start <= position && position < interval.end {
      return interval.place
    }
    return .none
  }

  /// Where a register's value must be moved or fetched in a gap, because its interval was split there.
  func forEachSplit(_ body: (SSAValue, _ position: Int32, LiveInterval.Place, LiveInterval.Place) -> Void) {
    for parts in intervals where parts.count > 1 {
      for index in 1..<parts.count {
        let before = parts[index - 1], after = parts[index]
        guard before.end == after.start, after.start & 1 == 1, before.place != after.place, after.place != .stack else {
          continue
        }
        body(after.value, after.start, before.place, after.place)
      }
    }
  }

  /// The registers that hold something at `position`, as bits.
  func occupiedRegisters(at position: Int32) -> UInt16 {
    var occupied: UInt16 = 0
    for parts in intervals {
      for interval in parts {
        if case .register(let register) = interval.place, interval.start <= position, interval.covers(position) {
          occupied |= 1 << UInt16(register)
        }
      }
    }
    return occupied
  }
}
