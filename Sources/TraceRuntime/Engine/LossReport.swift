import TraceCompiler

/// How many events of each program found no room, and how many of them have been told.
struct LossReport: Sendable {
  private var counts: [UInt64] = []
  private var told: UInt64 = 0

  /// Takes new counts; the answer is how many events were lost since the last ones.
  mutating func update(_ counts: [UInt64]) -> UInt64 {
    self.counts = counts
    let total = counts.reduce(0, &+)
    guard total > told else { return 0 }
    defer { told = total }
    return total - told
  }

  /// The losses by the probes that the programs serve.
  func byProbe(_ script: CompiledScript) -> [(probe: String, count: UInt64)] {
    zip(script.programs, counts).map { program, count in
      let probes = program.attachments.flatMap(\.probes)
      let name = probes.first?.name ?? program.name
      return (probes.count > 1 ? "\(name) and \(probes.count - 1) more" : name, count)
    }
  }
}
