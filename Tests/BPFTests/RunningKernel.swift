import KernelInterface

/// Whether the running kernel is of this version or newer.
func runs(_ major: Int, _ minor: Int) -> Bool {
  (try? KernelVersion.running(LiveKernel())).map { $0 >= KernelVersion(major, minor) } ?? false
}
