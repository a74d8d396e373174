public import LinuxSystem

extension KernelCalls {
  /// Has the kernel count runs and run time of all programs while the descriptor lives (`BPF_ENABLE_STATS`, Linux 5.8).
  ///
  /// It costs every program of the machine some 20 ns per run.
  public func enableRunStatistics() throws(SystemCallError) -> OwnedDescriptor {
    var attribute = BPFAttribute()
    attribute.set(UInt32(0), at: 0)  // enable_stats.type: BPF_STATS_RUN_TIME
    return try OwnedDescriptor(adopting: call(.enableStatistics, &attribute, on: "run statistics"))
  }
}
