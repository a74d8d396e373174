import BPFKernel

let answers = ArrayMap<UInt64>(count: 1)

@section("raw_tp/sys_exit")
func countAnswer(_ event: RawTracepointContext) {
  answers.withValue(at: 0) { $0 &+= 1 }
}
