import Bytecode
import Diagnostics
import Testing

@testable import TraceCompiler

@Suite struct CodeGeneratorTests {
  private func listing(_ text: String, level: InstructionSetLevel = .v3) throws -> [String] {
    let code = try SSAParser.parseModule(text).compile(for: CodeGenerationTarget(level: level))
    return code.lines().map { "\($0.instruction): \($0.text.dropFirst(5))" }
  }

  /// `@[pid] = count()`: no register is moved in vain, the value is updated in place, the hit falls through.
  @Test func countingByProcess() throws {
    let listing = try listing(
      """
      func program(v0) {
        slot s0 8
        slot s1 8
      b0:
        v1 = call.event get_current_pid_tgid()
        v2 = lshr v1, 32
        v3 = frame s0 + 0
        store u64 [v3 + 0], v2
        v4 = map 0
        v5 = call map_lookup_elem(v4, v3)
        br ne v5, 0, b1, b2
      b1:
        v6 = load u64 [v5 + 0]
        v7 = add v6, 1
        store u64 [v5 + 0], v7
        jump b3
      b2:
        v8 = frame s1 + 0
        v9 = const 1
        store u64 [v8 + 0], v9
        v11 = call map_update_elem(v4, v3, v8, 0)
        jump b3
      b3:
        ret 0
      }
      """)
    #expect(
      listing == [
        "0: call bpf_get_current_pid_tgid#14", "1: r0 >>= 32", "2: *(u64 *)(r10 -8) = r0", "3: r1 = map[0]",
        "5: r2 = r10", "6: r2 += -8", "7: call bpf_map_lookup_elem#1", "8: if r0 == 0x0 goto pc+4",
        "9: r5 = *(u64 *)(r0 +0)", "10: r5 += 1", "11: *(u64 *)(r0 +0) = r5", "12: goto pc+9",
        "13: *(u64 *)(r10 -16) = 1", "14: r1 = map[0]", "16: r2 = r10", "17: r2 += -8", "18: r3 = r10",
        "19: r3 += -16", "20: r4 = 0", "21: call bpf_map_update_elem#2", "22: r0 = 0", "23: exit",
      ])
  }

  /// The context outlives calls in r6; a short circuit is two jumps; the record's fields are written through one register.
  @Test func sendingARecord() throws {
    let listing = try listing(
      """
      func program(v0) {
      b0:
        v1 = load u64 [v0 + 16]
        v2 = cmp ugt v1, 100
        br ne v2, 0, b1, b2(0)
      b1:
        v3 = load u32 [v0 + 24]
        v4 = cmp ne v3, 77
        jump b2(v4)
      b2(v5):
        br eq v5, 0, b5, b3
      b3:
        v6 = map 1
        v7 = call ringbuf_reserve(v6, 48, 0)
        br eq v7, 0, b5, b4
      b4:
        v8 = add v7, 16
        v9 = call get_current_comm(v8, 16)
        v10 = add v7, 8
        v11 = load u64 [v0 + 32]
        store u64 [v10 + 0], v11
        v12 = call ringbuf_submit(v7, 0)
        jump b5
      b5:
        ret 0
      }
      """)
    #expect(
      listing == [
        "0: r6 = r1", "1: r5 = *(u64 *)(r6 +16)", "2: if r5 <= 0x64 goto pc+18", "3: r5 = *(u32 *)(r6 +24)",
        "4: if r5 == 0x4d goto pc+16", "5: r1 = map[1]", "7: r2 = 48", "8: r3 = 0",
        "9: call bpf_ringbuf_reserve#131", "10: r7 = r0", "11: if r7 == 0x0 goto pc+9", "12: r1 = r7",
        "13: r1 += 16", "14: r2 = 16", "15: call bpf_get_current_comm#16", "16: r5 = *(u64 *)(r6 +32)",
        "17: *(u64 *)(r7 +8) = r5", "18: r1 = r7", "19: r2 = 0", "20: call bpf_ringbuf_submit#132", "21: r0 = 0",
        "22: exit",
      ])
  }

  @Test func parametersChangePlaces() throws {
    let listing = try listing(
      """
      func program(v0) {
      b0:
        v1 = load u64 [v0 + 0]
        v2 = load u64 [v0 + 8]
        jump b1(v1, v2, 0)
      b1(v3, v4, v5):
        v6 = add v5, 1
        br ult v6, 3, b1(v4, v3, v6), b2
      b2:
        v7 = sub v3, v4
        ret v7
      }
      """)
    // The values swap r0 and r4 through r1, which is free there.
    #expect(
      listing == [
        "0: r5 = *(u64 *)(r1 +0)", "1: r4 = *(u64 *)(r1 +8)", "2: r0 = r5", "3: r5 = 0", "4: r5 += 1",
        "5: if r5 >= 0x3 goto pc+4", "6: r1 = r0", "7: r0 = r4", "8: r4 = r1", "9: goto pc-6", "10: r0 -= r4",
        "11: exit",
      ])
  }

  @Test func everySlotKnowsItsSpan() throws {
    var builder = SSABuilder(name: "program", parameterCount: 1)
    builder.span = SourceSpan(start: 1, end: 2)
    let time = builder.call(.ktimeGetNs)
    builder.span = SourceSpan(start: 5, end: 9)
    builder.store(.doubleWord, builder.mapValueAddress(MapReference(index: 3), offset: 8), time)
    builder.span = nil
    builder.returnValue(0)
    let code = try SSAModule(functions: [builder.finish()]).compile(for: CodeGenerationTarget(level: .v2))
    #expect(code.spans.map { $0?.start } == [1, 5, 5, 5, nil, nil])
    #expect(code.relocations == [Relocation(instruction: 1, map: MapReference(index: 3))])
    #expect(code.functions == [ProgramCode.Function(name: "program", range: 0..<6, stackSize: 0)])
    #expect(code.lines().map(\.text)[1] == "(18) r5 = map[3][0]+0")
  }

  @Test func tooMuchStackIsAnError() throws {
    func module(entry: Int, callback: Int) -> SSAModule {
      var builder = SSABuilder(name: "program", parameterCount: 1)
      builder.span = SourceSpan(start: 3, end: 7)
      builder.store(.doubleWord, builder.frameAddress(builder.createFrameSlot(size: entry)), constant: 0)
      builder.call(.loop, operands: [9, .value(builder.functionAddress(1)), 0, 0])
      builder.returnValue(0)
      var inner = SSABuilder(name: "callback", parameterCount: 2)
      inner.store(.doubleWord, inner.frameAddress(inner.createFrameSlot(size: callback)), constant: 0)
      inner.returnValue(0)
      return SSAModule(functions: [builder.finish(), inner.finish()])
    }
    let target = CodeGenerationTarget(level: .v3)
    #expect(try module(entry: 250, callback: 256).compile(for: target).functions.map(\.stackSize) == [256, 256])
    #expect(
      throws: CodeGenerationError.stackTooBig(
        function: "program", byteCount: 520, span: SourceSpan(start: 3, end: 7))
    ) { try module(entry: 513, callback: 8).compile(for: target) }
    #expect(
      throws: CodeGenerationError.stackOfCallsTooBig(
        functions: ["program", "callback"], byteCount: 544, span: SourceSpan(start: 3, end: 7))
    ) { try module(entry: 264, callback: 256).compile(for: target) }
    #expect(
      throws: CodeGenerationError.stackTooBig(
        function: "program", byteCount: 1 << 20, span: SourceSpan(start: 3, end: 7))
    ) {
      try module(entry: .max, callback: 8).compile(for: target)
    }
  }

  @Test func tooManyInstructionsAreAnError() throws {
    var builder = SSABuilder(name: "program", parameterCount: 1)
    for _ in 0..<50 { builder.call(.ktimeGetNs) }
    builder.returnValue(0)
    let module = SSAModule(functions: [builder.finish()])
    #expect(throws: CodeGenerationError.tooManyInstructions(count: 52, limit: 40)) {
      try module.compile(for: CodeGenerationTarget(level: .v3, instructionLimit: 40))
    }
  }
}
