/// Where in a function's order of instructions a value is needed, and where it is kept meanwhile.
///
/// Positions: a block begins at an even number, its instructions follow at the next even ones, and the block behind it
/// begins two after its terminator. An instruction at `p` reads before it writes; the odd number `p - 1` is the gap before
/// it, where values can be moved. What an instruction reads last ends at `p` and what it writes begins at `p`, so that both
/// may share a register; what must outlive the writing ends at `p + 1`. The result of a call begins at `p + 1`.
struct LiveInterval {
  struct Span {
    var from: Int32
    var to: Int32
  }

  struct Use {
    var position: Int32
    /// Whether the value must be in a register there; otherwise the stack is as good.
    var needsRegister: Bool
  }

  /// Where the value is kept during one interval.
  enum Place: Equatable {
    case none
    case register(UInt8)
    case stack
  }

  let value: SSAValue
  /// Ascending, never touching each other; never empty once built.
  var spans: [Span]
  /// Ascending.
  var uses: [Use]
  var place: Place = .none

  var start: Int32 { spans.first?.from ?? 0 }
  var end: Int32 { spans.last?.to ?? 0 }

  func covers(_ position: Int32) -> Bool {
    for span in spans where position < span.to { return span.from <= position }
    return false
  }

  /// The first place at or behind `position` where a register is needed.
  func registerUse(from position: Int32) -> Int32? {
    uses.first { $0.position >= position && $0.needsRegister }?.position
  }

  /// The first position that both cover.
  func intersection(with other: LiveInterval) -> Int32? {
    var left = 0, right = 0
    while left < spans.count, right < other.spans.count {
      let first = spans[left], second = other.spans[right]
      if first.to <= second.from {
        left += 1
      } else if second.to <= first.from {
        right += 1
      } else {
        return max(first.from, second.from)
      }
    }
    return nil
  }

  /// Keeps what lies before `position`, which must be behind the start and before the end, and gives the rest.
  mutating func split(at position: Int32) -> LiveInterval {
    var child = LiveInterval(value: value, spans: [], uses: [])
    let cut = spans.firstIndex { $0.to > position } ?? spans.count
    child.spans = Array(spans[cut...])
    spans.removeSubrange(cut...)
    if let first = child.spans.first, first.from < position {
      child.spans[0].from = position
      spans.append(Span(from: first.from, to: position))
    }
    let firstUse = uses.firstIndex { $0.position > position } ?? uses.count
    child.uses = Array(uses[firstUse...])
    uses.removeSubrange(firstUse...)
    return child
  }
}
