import Testing
import TraceCompiler

@Suite struct SystemCallTableTests {
  @Test func numbersAscendAndNamesAreUnique() {
    for architecture in Architecture.allCases {
      let calls = SystemCallTable(architecture).calls
      #expect(zip(calls, calls.dropFirst()).allSatisfy { $0.number < $1.number })
      #expect(Set(calls.map(\.name)).count == calls.count)
      #expect(Set(calls.map(\.eventName)).count == calls.count)
    }
  }

  @Test func everyNumberFindsItsCall() {
    for architecture in Architecture.allCases {
      let table = SystemCallTable(architecture)
      #expect(table.calls.allSatisfy { table.call(numbered: $0.number) == $0 })
      for number in [-1, 400, 472, Int.max] { #expect(table.call(numbered: number) == nil) }
    }
  }

  @Test func eventsAreFoundByTheKernelsName() {
    let intel = SystemCallTable(.x86_64)
    #expect(intel.number(ofEvent: "newstat") == 4)
    #expect(intel.number(ofEvent: "stat") == nil)
    #expect(intel.number(ofEvent: "file_setattr") == 469)
    let arm = SystemCallTable(.arm64)
    #expect(arm.number(ofEvent: "newuname") == 160)
    #expect(arm.number(ofEvent: "fadvise64_64") == 223)
    #expect(arm.number(ofEvent: "openat") == 56)
    #expect(arm.number(ofEvent: "open") == nil)
  }
}
