import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct AttachOrderTests {
  /// Function probes go in reverse among their kind, whatever stands between them; the others keep their places.
  @Test func functionProbesGoInReverse() {
    func kprobe(_ name: String) -> CompiledProgram {
      MultiProbePlanTests.program(.kprobe, [.kernelFunction(module: nil, name: name, offset: 0, isReturn: false)])
    }
    let tracepoint = MultiProbePlanTests.program(.tracepoint, [.tracepoint(subsystem: "s", event: "e")])
    #expect(AttachOrder.indexes(of: [kprobe("a"), tracepoint, kprobe("b"), tracepoint]) == [2, 1, 0, 3])
    #expect(AttachOrder.indexes(of: [tracepoint, tracepoint]) == [0, 1])
    #expect(AttachOrder.indexes(of: []) == [])
  }
}
