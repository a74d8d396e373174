// Lets nobody but root load BPF programs and make BPF maps, whatever capabilities they have.
import BPFKernel

public let license: StaticString = "GPL"

let log = Log()

@section("lsm/bpf")
func guardBPF(_ call: FunctionContext) -> Int32 {
  // bpf(int cmd, union bpf_attr *attr, unsigned int size), and what the programs before answered.
  if Process.user == 0 { return 0 }
  log("refused user \(Process.user) the command \(Int32(truncatingIfNeeded: call[0])) of bpf()")
  return -1
}
