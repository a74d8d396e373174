import Diagnostics

/// Where a function's stack slots and spilled values lie below the frame pointer.
struct StackFrame {
  /// What one function may use (`MAX_BPF_STACK`).
  static let limit = 512

  /// Per slot, the offset of its first byte from r10; 0 for a slot that nothing uses.
  private let slotOffsets: [Int]
  private let slotBytes: Int
  private let spillCount: Int
  /// What the kernel adds itself: a counter and a time stamp where the function has `may_goto` (kernel 6.15).
  private let kernelBytes: Int

  /// Lays out the slots that the function uses, then `spillCount` places of eight bytes.
  init(_ function: SSAFunction, spillCount: Int) {
    var isUsed = [Bool](repeating: false, count: function.frameSlots.count)
    for block in function.blocks {
      for instruction in block.instructions {
        if case .frameAddress(let slot, _) = instruction.operation { isUsed[slot.index] = true }
      }
    }
    var bytes = 0
    var offsets: [Int] = []
    for (index, slot) in function.frameSlots.enumerated() {
      // Sizes come from scripts: what is beyond every limit is clamped, and refused by its sum.
      if isUsed[index] { bytes += (min(max(slot.size, 0), 1 << 20) + 7) & ~7 }
      offsets.append(isUsed[index] ? -bytes : 0)
    }
    kernelBytes = function.blocks.contains { if case .mayGoto = $0.terminator { true } else { false } } ? 16 : 0
    slotOffsets = offsets
    slotBytes = bytes
    self.spillCount = spillCount
  }

  func offset(of slot: FrameSlot) -> Int { slotOffsets[slot.index] }

  /// The offset from r10 of a spilled value, or of one of the places that moves use for a moment.
  func offset(ofSpill index: Int32) -> Int { -slotBytes - 8 * (Int(index) + 1) }

  /// In bytes, with `extra` places for moves.
  func size(extra: Int) -> Int { slotBytes + 8 * (spillCount + extra) + kernelBytes }

  /// What needs the biggest part.
  static func biggestSlotSpan(_ function: SSAFunction) -> SourceSpan? {
    function.frameSlots.max { $0.size < $1.size }?.span
  }
}
