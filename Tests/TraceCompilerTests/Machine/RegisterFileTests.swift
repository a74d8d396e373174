import Testing
import TraceCompiler

@Suite struct RegisterFileTests {
  @Test func everyRegisterOfAContextFollowsThePreviousOne() {
    for architecture in Architecture.allCases {
      let file = architecture.registers
      #expect(file.registers.map(\.offset) == Array(stride(from: 0, to: file.contextByteCount, by: 8)))
      #expect(file.registers.allSatisfy { $0.byteCount == 8 })
    }
  }

  @Test func noNameMeansTwoRegisters() {
    for architecture in Architecture.allCases {
      let names = architecture.registers.registers.flatMap { [$0.name] + $0.aliases }
      #expect(Set(names).count == names.count)
    }
  }

  @Test func aliasesFindTheirRegister() {
    #expect(Architecture.x86_64.registers.register(named: "pc")?.offset == 128)
    #expect(Architecture.x86_64.registers.register(named: "ip")?.offset == 128)
    #expect(Architecture.arm64.registers.register(named: "x29")?.offset == 232)
    #expect(Architecture.arm64.registers.register(named: "sp")?.offset == 248)
    #expect(Architecture.arm64.registers.register(named: "rax") == nil)
  }

  @Test func argumentsAreInTheOrderOfTheCallingConvention() {
    let intel = Architecture.x86_64.registers
    #expect(intel.functionArguments.map(\.name) == ["di", "si", "dx", "cx", "r8", "r9"])
    #expect(intel.systemCallArguments.map(\.name) == ["di", "si", "dx", "r10", "r8", "r9"])
    let arm = Architecture.arm64.registers
    #expect(arm.functionArguments.map(\.name) == (0...7).map { "r\($0)" })
    #expect(arm.systemCallArguments.map(\.name) == ["orig_x0", "r1", "r2", "r3", "r4", "r5"])
  }
}
