import BPFKernel
import Testing

@testable import SignalsKernel

@Suite struct SignalsTests {
  @Test func smallSignalsAreNotCounted() {
    let kernel = SimulatedKernel()
    kernel.user = 1000
    var call = SystemCallEnterContext.Record(number: 62, arguments: (1, 15, 0, 0, 0, 0))
    var probe = SystemCallEnterContext.Record(number: 62, arguments: (1, 0, 0, 0, 0, 0))
    kernel.run {
      withUnsafePointer(to: &call) { sending(SystemCallEnterContext($0)) }
      withUnsafePointer(to: &probe) { sending(SystemCallEnterContext($0)) }
    }
    #expect(kernel.value(in: perUser, for: 1000) == 1)
  }
}
