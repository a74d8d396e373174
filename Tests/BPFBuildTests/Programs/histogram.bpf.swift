// swift-format-ignore-file
// log2 histogram; opaque() keeps a bounds check that LLVM can prove away but the verifier cannot
import BPFKernel

public let license: StaticString = "GPL"
let histogram = ArrayMap<InlineArray<64, UInt64>>(count: 1)

@section("tracepoint/raw_syscalls/sys_enter")
func prog(_ ctx: SystemCallEnterContext) {
  guard let h = histogram.pointer(at: 0) else { return }
  let bucket = 63 - (UInt64(truncatingIfNeeded: ctx.number) | 1).leadingZeroBitCount
  h.pointee[opaque(bucket)] &+= 1
}
