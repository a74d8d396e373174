import KernelInterface
import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct RingBufferSizeTests {
  private func byteCount(
    asked: Int = 0, memory: Int = 8 << 30, page: Int = 4096, sites: [ProbeSite] = [.rawTracepoint(event: "e")]
  ) -> Int {
    var script = HandWrittenScript()
    script.configuration.ringBufferPages = asked
    script.programs = sites.map { MultiProbePlanTests.program(.rawTracepoint, [$0]) }
    let machine = MachineFacts(
      possibleCPUCount: 2, onlineCPUs: [0, 1], memoryByteCount: memory, pageByteCount: page,
      kernelVersion: KernelVersion(6, 18))
    return RingBufferSize(script.compiled, machine).byteCount
  }

  @Test func memoryDecides() {
    #expect(byteCount() == 2048 * 4096)
    #expect(byteCount(memory: 64 << 30) == 4096 * 4096)
    #expect(byteCount(memory: 1 << 20) == 64 * 4096)
    #expect(byteCount(memory: 0) == 64 * 4096)
    #expect(byteCount(memory: 3 << 30, page: 65536) == 64 * 65536)
  }

  @Test func theSettingIsTakenAsAPowerOfTwo() {
    #expect(byteCount(asked: 100) == 128 * 4096)
    #expect(byteCount(asked: 1) == 4096)
    #expect(byteCount(asked: .max) == 1 << 30)
  }

  @Test func calmScriptsGetTheLeast() {
    #expect(byteCount(sites: [.begin, .end, .interval(nanoseconds: 1_000_000_000)]) == 64 * 4096)
    #expect(byteCount(sites: [.begin, .interval(nanoseconds: 1000)]) == 2048 * 4096)
  }

  @Test func memoryOfTheMachine() {
    #expect(MachineFacts.memoryByteCount(memoryInfo: "MemTotal:       1024 kB\nMemFree: 1 kB\n") == 1 << 20)
    #expect(MachineFacts.memoryByteCount(memoryInfo: "MemTotal: \(Int.max) kB") == .max)
    #expect(MachineFacts.memoryByteCount(memoryInfo: "nothing") == 0)
  }
}
