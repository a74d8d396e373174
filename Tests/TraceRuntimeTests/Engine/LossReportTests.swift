import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct LossReportTests {
  @Test func lossesAreToldOnce() {
    var report = LossReport()
    #expect(report.update([0, 3]) == 3)
    #expect(report.update([0, 3]) == 0)
    #expect(report.update([2, 4]) == 3)
    var script = HandWrittenScript()
    script.programs = [
      MultiProbePlanTests.program(.rawTracepoint, [.begin]),
      MultiProbePlanTests.program(.rawTracepoint, [.rawTracepoint(event: "a"), .rawTracepoint(event: "b")]),
    ]
    let byProbe = report.byProbe(script.compiled)
    #expect(byProbe.map(\.count) == [2, 4])
    #expect(byProbe.map(\.probe) == ["begin", "rawTracepoint(event: \"a\") and 1 more"])
  }
}
