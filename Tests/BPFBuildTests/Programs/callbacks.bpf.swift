// swift-format-ignore-file
// Callbacks of bpf_loop and of bpf_for_each_map_elem, and a spin lock in a map value that the kernel knows by its type's name
import BPFKernel

public let license: StaticString = "GPL"

struct Shared { var lock: SpinLock; var calls: UInt32; var sum: UInt64 }

let shared = ArrayMap<Shared>(count: 1)
let seen = HashMap<UInt32, UInt64>(maxEntries: 64)
var entries: UInt64 = 0
var last: UInt64 = 0

@section("raw_tp/sys_enter")
func called(_ context: RawTracepointContext) {
  var sum: UInt64 = 0
  loop(1000, &sum) { index, state in
    state.assumingMemoryBound(to: UInt64.self).pointee &+= index
    return 0
  }
  last = sum
  seen[Process.id] = 1
  var count: UInt64 = 0
  seen.forEach(&count) { _, _, value, state in
    state.assumingMemoryBound(to: UInt64.self).pointee &+= value.assumingMemoryBound(to: UInt64.self).pointee
    return 0
  }
  entries = count
}

@section("xdp")
func locked(_ context: XDPContext) -> XDPAction {
  if let place = shared.pointer(at: 0) {
    SpinLock.hold(&place.pointee.lock) {
      place.pointee.calls &+= 1
      place.pointee.sum &+= last
    }
  }
  return .pass
}
