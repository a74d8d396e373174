import Bytecode
import Testing

@testable import TraceCompiler

@Suite struct LinearScanTests {
  /// At every position, no two values share a register, and none sits in r0 to r5 across a call.
  @Test func noTwoValuesShareARegister() throws {
    for seed in 0..<UInt64(40) {
      var module = RandomModule.make(seed: seed, size: 80, level: .v3)
      try PassPipeline(level: .v3).run(on: &module)
      for function in module.functions {
        let flow = SSAControlFlow(function)
        let live = LiveIntervals(function, liveness: Liveness(function, flow))
        let allocation = LinearScan.allocate(live, valueCount: function.valueCount)
        let values = live.intervals.map(\.value)
        for position in 0..<(live.blockStarts.last ?? 0) {
          var owner: [UInt8: SSAValue] = [:]
          for interval in live.intervals where interval.covers(position) {
            guard case .register(let register) = allocation.place(of: interval.value, from: position) else { continue }
            #expect(owner[register] == nil, "seed \(seed), position \(position), r\(register)")
            owner[register] = interval.value
            if live.calls.contains(position) { #expect(register >= LinearScan.clobberedCount) }
          }
        }
        #expect(!values.isEmpty)
      }
    }
  }
}
