// swift-format-ignore-file
// Checks that fail in functions that helpers call back, in what these call, and in loops within loops
import BPFKernel

public let license: StaticString = "GPL"

let wanted = Config<UInt8>(0)
let seen = HashMap<UInt32, UInt64>(maxEntries: 4)

var small: UInt8 = 250
var rounds: UInt64 = 0
var after: UInt64 = 0

@inline(never)
func grow(_ by: UInt8) -> UInt8 {
  small += by
  return small
}

/// The sixth round fails, in a function that the loop's own calls.
@section("raw_tp/sys_enter")
func inLoop(_ context: RawTracepointContext) {
  var sum: UInt64 = 0
  loop(10, &sum) { _, state in
    state.assumingMemoryBound(to: UInt64.self).pointee &+= 1
    rounds &+= 1
    _ = grow(1)
    return 0
  }
  after = sum
}

/// Nothing fails, so that what follows happens.
@section("raw_tp/sys_enter")
func inTime(_ context: RawTracepointContext) {
  var sum: UInt64 = 0
  loop(10, &sum) { _, state in
    state.assumingMemoryBound(to: UInt64.self).pointee += 1
    return 0
  }
  after = sum
}

/// A loop within the function of a loop: the inner one's failure ends both, and the program.
@section("raw_tp/sys_enter")
func nested(_ context: RawTracepointContext) {
  var sum: UInt64 = 0
  loop(3, &sum) { _, state in
    rounds &+= 1
    loop(4, state) { _, state in
      let place = state.assumingMemoryBound(to: UInt64.self)
      place.pointee &+= 1
      small += UInt8(truncatingIfNeeded: place.pointee)
      return 0
    }
    return 0
  }
  after = sum
}

/// A walk over a map.
@section("raw_tp/sys_enter")
func walk(_ context: RawTracepointContext) {
  seen[1] = 1
  var count: UInt64 = 0
  seen.forEach(&count) { _, _, value, state in
    rounds &+= 1
    small += UInt8(truncatingIfNeeded: value.assumingMemoryBound(to: UInt64.self).pointee &+ 249)
    return 0
  }
  after = 1
}
