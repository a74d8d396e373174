import Bytecode
import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct MultiProbePlanTests {
  static func program(_ kind: CompiledProgram.Kind, _ sites: [ProbeSite]) -> CompiledProgram {
    CompiledProgram(
      name: "p", kind: kind,
      attachments: sites.map { .init(site: $0, cookie: 0, probes: [ResolvedProbe(site: $0, name: "\($0)")]) },
      attachmentReason: "",
      code: ProgramCode(instructions: [], relocations: [], spans: [], functions: []))
  }

  private func kernel(_ name: String, module: String? = nil, offset: UInt64 = 0, isReturn: Bool = false) -> ProbeSite {
    .kernelFunction(module: module, name: name, offset: offset, isReturn: isReturn)
  }

  private func user(_ path: String, _ offset: UInt64, isReturn: Bool = false) -> ProbeSite {
    .userFunction(path: path, symbol: "f", fileOffset: offset, isReturn: isReturn)
  }

  @Test func kernelFunctionsGoTogether() throws {
    let plan = try #require(MultiProbePlan(Self.program(.kprobe, [kernel("a"), kernel("b")])))
    #expect(plan.reach == .manyKernelFunctions)
    #expect(!plan.onReturn)
    #expect(plan.groups.map(\.count) == [2])
  }

  @Test func placesGoTogetherByFile() throws {
    let sites = [user("/x", 1, isReturn: true), user("/y", 2, isReturn: true), user("/x", 3, isReturn: true)]
    let plan = try #require(MultiProbePlan(Self.program(.kprobe, sites)))
    #expect(plan.reach == .manyUserFunctions)
    #expect(plan.onReturn)
    #expect(plan.groups.map { $0.map(\.site) } == [[sites[0], sites[2]], [sites[1]]])
  }

  @Test func whatCannotGoTogether() {
    #expect(MultiProbePlan(Self.program(.kprobe, [kernel("a")])) == nil)
    #expect(MultiProbePlan(Self.program(.kprobe, [kernel("a"), kernel("b", offset: 4)])) == nil)
    #expect(MultiProbePlan(Self.program(.kprobe, [kernel("a"), kernel("b", module: "m")])) == nil)
    #expect(MultiProbePlan(Self.program(.kprobe, [kernel("a"), kernel("a", isReturn: true)])) == nil)
    #expect(MultiProbePlan(Self.program(.kprobe, [kernel("a"), user("/x", 1)])) == nil)
    let tracepoints = [ProbeSite.tracepoint(subsystem: "s", event: "a"), .tracepoint(subsystem: "s", event: "b")]
    #expect(MultiProbePlan(Self.program(.tracepoint, tracepoints)) == nil)
  }
}
