import BPFKernel

/// Helpers for programs under the GPL may be called.
public let license: StaticString = "GPL"

let users = HashMap<UInt32, UInt64>(maxEntries: 1024)

@section("raw_tp/sys_enter")
func countUser(_ event: RawTracepointContext) {
  users.add(1, for: Process.user)
}
