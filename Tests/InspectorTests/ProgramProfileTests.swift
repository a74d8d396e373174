import BPF
import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import Inspector

@Suite struct ProgramProfileTests {
  private let clock = ProgramProfile.Metric(name: "cpu_clock", type: 1, config: 0)

  private func target() throws -> BPFObject {
    try BPFObject(ObjectSpec(path: TestObject("inspected_run").path))
  }

  /// A software clock stands in for the processor's counters, which virtual machines mostly lack.
  @Test(.needs(.program(.tracing, for: .traceFexit))) func countsWhileTheProgramRuns() throws {
    let object = try target()
    let program = try #require(object.programs.first)
    let profile = try ProgramProfile(of: program.descriptor, [clock], kernel: LiveKernel())
    #expect(try profile.reading().runs == 0)
    try program.run(TestRun(data: [UInt8](repeating: 0, count: 64), repetitions: 1000))
    let reading = try profile.reading()
    #expect(reading.runs == 1000)
    #expect(reading.values.map(\.metric.name) == ["cpu_clock"])
    #expect(reading.values[0].count > 0)
    #expect(reading.values[0].enabled > 0)
  }

  @Test func saysWhatIsMissing() throws {
    let object = try target()
    let program = try #require(object.programs.first)
    let unknown = ProgramProfile.Metric(name: "nothing", type: 4_000_000, config: 0)
    let absence = KernelFeatures.running.absence(of: .program(.tracing, for: .traceFexit))
    do throws(InspectorError) {
      _ = try ProgramProfile(of: program.descriptor, [unknown], kernel: LiveKernel())
      Issue.record("there is no such counter")
    } catch {
      let expected =
        absence.map { "programs cannot be profiled here: \($0)" } ?? "this machine does not count nothing: "
      #expect("\(error)".hasPrefix(expected), "\(error)")
    }
    if absence != nil { return }
    var code = Assembler()
    code.append(.move(.r0, 0))
    code.append(.exit)
    let untyped = try Program(ProgramSpec(name: "untyped", type: .socketFilter, code: try code.finish()))
    do throws(InspectorError) {
      _ = try ProgramProfile(of: untyped.descriptor, [clock], kernel: LiveKernel())
      Issue.record("it has no types")
    } catch { #expect("\(error)".contains("it has no type information"), "\(error)") }
  }

  @Test func printsAsBPFToolDoes() {
    var reading = ProgramProfile.Reading(runs: 51397)
    let metrics = ProgramProfile.Metric.all
    reading.values = [
      (metrics[0], 40_176_203, 100, 83), (metrics[1], 42_518_139, 100, 100), (metrics[3], 123, 100, 100),
    ]
    #expect(
      reading.text == """

                     51397 run_cnt             
                  40176203 cycles                                                       (83.00%)
                  42518139 instructions        #     1.06 insns per cycle               
                       123 llc_misses          #     2.89 LLC misses per million insns  

        """)
  }
}
