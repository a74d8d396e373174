import Testing

@testable import BPF

/// Logs recorded from Linux 6.18, unless said otherwise.
@Suite struct VerifierLogTests {
  @Test func reasonsAfterAnInstruction() {
    let log = VerifierLog(
      parsing: """
        0: R1=ctx() R10=fp0
        0: (62) *(u32 *)(r10 -4) = 0          ; R10=fp0 fp-8=0000????
        5: (85) call bpf_map_lookup_elem#1    ; R0=map_value_or_null(id=1,ks=4,vs=8)
        6: (15) if r0 == 0x0 goto pc+1        ; R0=map_value(ks=4,vs=8)
        7: (79) r0 = *(u64 *)(r0 +8)
        invalid access to map value, value_size=8 off=8 size=8
        R0 min value is outside of the allowed memory range
        processed 7 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

        """.utf8)
    #expect(log.instruction == 7)
    #expect(log.instructionText == "(79) r0 = *(u64 *)(r0 +8)")
    #expect(log.registers == "R0=map_value(ks=4,vs=8)")
    #expect(
      log.reasons == [
        "invalid access to map value, value_size=8 off=8 size=8", "R0 min value is outside of the allowed memory range",
      ])
    #expect(log.statistics == VerifierLog.Statistics(processedInstructions: 7, limit: 1_000_000))
    #expect(log.report == nil)
  }

  /// As Linux 5.10 writes it.
  @Test func statesOnLinesOfTheirOwn() {
    let log = VerifierLog(
      parsing: """
        5: (85) call bpf_map_lookup_elem#1
        6: (15) if r0 == 0x0 goto pc+1
         R0_w=map_value(id=0,off=0,ks=4,vs=8,imm=0) R10=fp0 fp-8=mmmm????
        7: (79) r0 = *(u64 *)(r0 +8)
         R0_w=map_value(id=0,off=0,ks=4,vs=8,imm=0) R10=fp0 fp-8=mmmm????
        invalid access to map value, value_size=8 off=8 size=8
        R0 min value is outside of the allowed memory range
        processed 7 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

        """.utf8)
    #expect(log.instruction == 7)
    #expect(log.instructionText == "(79) r0 = *(u64 *)(r0 +8)")
    #expect(log.registers == "R0_w=map_value(id=0,off=0,ks=4,vs=8,imm=0) R10=fp0 fp-8=mmmm????")
    #expect(log.reasons.count == 2)
  }

  @Test func sourceLines() {
    let log = VerifierLog(
      parsing: """
        func#0 @0
        Live regs before insn:
              0: .......... (b7) r0 = 0
              1: 0......... (95) exit
        0: R1=ctx() R10=fp0
        ; @x = arg0 @ a @ b.bt:12
        0: (95) exit
        R0 !read_ok

        """.utf8)
    #expect(log.source == VerifierLog.SourceLine(text: "@x = arg0 @ a", file: "b.bt", line: 12))
    #expect(log.instruction == 0)
    #expect(log.reason == "R0 !read_ok")
    let older = VerifierLog(parsing: "; int x = 1;\n0: (95) exit\nR0 !read_ok\n".utf8)
    #expect(older.source == VerifierLog.SourceLine(text: "int x = 1;"))
  }

  @Test func loops() {
    let log = VerifierLog(
      parsing: """
        1: (85) call bpf_ktime_get_ns#5       ; R0=scalar()
        2: (55) if r0 != 0x7 goto pc-2 1: R0=scalar() R6=ctx() R10=fp0
        1: (85) call bpf_ktime_get_ns#5       ; R0=scalar()
        2: (55) if r0 != 0x7 goto pc-2 infinite loop detected at insn 1
        cur state: R0=scalar() R6=ctx() R10=fp0
        old state: R0=scalar() R6=ctx() R10=fp0
        processed 14 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 mark_read 0

        """.utf8)
    #expect(log.instruction == 2)
    #expect(log.instructionText == "(55) if r0 != 0x7 goto pc-2")
    #expect(log.reason == "infinite loop detected at insn 1")
  }

  @Test func refusalsBeforeTheFirstInstruction() {
    let log = VerifierLog(parsing: "unreachable insn 2\nprocessed 0 insns (limit 1000000) max_states_per_insn 0\n".utf8)
    #expect(log.instruction == 2)
    #expect(log.instructionText == nil)
    #expect(log.reason == "unreachable insn 2")
  }

  @Test func anythingIsALog() {
    #expect(VerifierLog(parsing: []).reason == nil)
    for garbage in [
      "\u{0}\n;\n: \nfrom \n12:\n12: \n-1: (\nprocessed\nprocessed 1 2 3 4", "Verification failed", "; @ :",
    ] {
      let log = VerifierLog(parsing: garbage.utf8)
      #expect(log.instruction == nil)
    }
    _ = VerifierLog(parsing: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 131) })
  }
}
