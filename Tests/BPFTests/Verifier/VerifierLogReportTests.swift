import Testing

@testable import BPF

/// The titled sections of Linux 7.3 and later.
///
/// Their form: `kernel/bpf/diagnostics.c`.
@Suite struct VerifierLogReportTests {
  @Test func titledSections() {
    let log = VerifierLog(
      parsing: """
        0: R1=ctx() R10=fp0
        0: (95) exit
        R0 !read_ok

        Verification failed: Register Type Safety: Unreadable register

        Reason:
          R0 has never been initialized on this path, so the verifier cannot use it as an input.

        At:
          insn 0
                | ^-- error: R0 is not readable
          Instruction context:
          >>> 0 | (95) exit

        Causal path:
          no retained diagnostic events on this path

        Suggestion:
          Initialize R0 on every path before this instruction.

        processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

        """.utf8)
    #expect(log.reason == "R0 !read_ok")
    #expect(log.instruction == 0)
    #expect(log.report?.title == "Register Type Safety: Unreadable register")
    #expect(
      log.report?.reason
        == "R0 has never been initialized on this path, so the verifier cannot use it as an input.")
    #expect(log.report?.at.count == 4)
    #expect(
      log.report?.error
        == VerifierLog.Step(instruction: 0, instructionText: "(95) exit", label: "error", message: "R0 is not readable")
    )
    #expect(log.report?.steps == [])
    #expect(log.report?.causalPath == ["no retained diagnostic events on this path"])
    #expect(log.report?.suggestion == "Initialize R0 on every path before this instruction.")
    #expect(log.statistics?.processedInstructions == 1)
  }

  /// With line information there is source in place of the instruction's number, and the way there is told in the same
  /// form; long texts are wrapped.
  private static let withSource = """
    6: (85) call bpf_map_lookup_elem#1    ; R0=map_value_or_null(id=1,map=counts,ks=4,vs=8)
    ; counts[0]->insn 99 @ count.bpf.c:21
    9: (79) r1 = *(u64 *)(r0 +0)
    R0 invalid mem access 'map_value_or_null'

    Verification failed: Register Type Safety: Invalid dereference

    Reason:
      R0 may be NULL here (a nullable map value pointer). The program could dereference NULL on this path,
      so the verifier cannot prove this access is safe.

    At:
      count @ src/count.bpf.c:21:12
      Source context:
          19 |   u64 *value = bpf_map_lookup_elem(&counts, &key); /* insn 77 */
          20 |   if (verbose)
      >>> 21 |     *value += 1; // a | b
             |     ^-- error: invalid dereference of R0 (a nullable map value
             |         pointer)
          22 |   return 0;
          
      Instruction context:
           7 | (15) if r6 == 0x0 goto pc+3
      >>>  9 | (79) r1 = *(u64 *)(r0 +0)
          10 | (07) r1 += 1

    Causal path:
      count @ src/count.bpf.c:19:16
      Source context:
      >>> 19 |   u64 *value = bpf_map_lookup_elem(&counts, &key);
             |   ^-- change: R0 becomes a nullable map value pointer
      Instruction context:
      >>>  6 | (85) call bpf_map_lookup_elem#1

      2 intermediate causal-history events omitted

      insn 7
            | ^-- branch: took the false branch of this conditional, goto not followed
      Instruction context:
      >>>  7 | (15) if r6 == 0x0 goto pc+3
      1 older causal-history event not retained because diagnostic event storage reached capacity

    Suggestion:
      Add a NULL check before the access and dereference the pointer only on the non-NULL path.

    processed 9 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

    """

  @Test func sourceAndTheWayThere() throws {
    let log = VerifierLog(parsing: Self.withSource.utf8)
    let report = try #require(log.report)
    #expect(log.reasons == ["R0 invalid mem access 'map_value_or_null'"])
    #expect(report.title == "Register Type Safety: Invalid dereference")
    #expect(report.reason.hasSuffix("NULL on this path, so the verifier cannot prove this access is safe."))
    #expect(
      report.error
        == VerifierLog.Step(
          instruction: 9, instructionText: "(79) r1 = *(u64 *)(r0 +0)", function: "count",
          source: VerifierLog.SourceLine(text: "*value += 1; // a | b", file: "src/count.bpf.c", line: 21), column: 12,
          label: "error", message: "invalid dereference of R0 (a nullable map value pointer)"))
    #expect(log.instruction == 9)
    #expect(report.steps.map(\.instruction) == [6, 7])
    #expect(report.steps.map(\.label) == ["change", "branch"])
    #expect(report.steps.map(\.source?.line) == [19, nil])
    #expect(report.steps.first?.message == "R0 becomes a nullable map value pointer")
    #expect(report.steps.last?.message == "took the false branch of this conditional, goto not followed")
    #expect(report.causalPath.contains("2 intermediate causal-history events omitted"))
    #expect(
      report.suggestion
        == "Add a NULL check before the access and dereference the pointer only on the non-NULL path.")
    #expect(log.statistics?.processedInstructions == 9)
  }

  /// What the verifier finds before it walks, and a category without a problem: no instruction, fewer sections.
  @Test func sectionsMayBeMissing() throws {
    let log = VerifierLog(
      parsing: """

        Verification failed: Verifier Error

        Reason:
          The program is too large.

        """.utf8)
    let report = try #require(log.report)
    #expect(report.title == "Verifier Error")
    #expect(log.reason == "The program is too large.")
    #expect(report.at.isEmpty && report.causalPath.isEmpty && report.suggestion.isEmpty)
    #expect(report.error == nil && log.instruction == nil && log.source == nil)
  }

  /// The kernel's suggestion comes first, and the place is known also to a program without line information of ours.
  @Test func theSuggestionIsARemedy() {
    let log = VerifierLog(parsing: Self.withSource.utf8)
    #expect(log.source?.line == 21)
    let headless = VerifierLog(
      parsing: Self.withSource.split(separator: "\n").dropFirst(4).joined(separator: "\n").utf8)
    #expect(headless.source == VerifierLog.SourceLine(text: "*value += 1; // a | b", file: "src/count.bpf.c", line: 21))
    #expect(headless.instructionText == "(79) r1 = *(u64 *)(r0 +0)")
  }

  @Test(arguments: [
    "At:\n  :::\n  a:b:c\n  >>> | |\n  |\n  insn x\n  insn 99999999999999999999\n", "At:", "Causal path:\n  @ :1:2\n",
    "Reason:\n\n\n", "Unknown:\n  text\n", ":",
  ])
  func anythingIsAReport(_ text: String) {
    _ = VerifierLog(parsing: "Verification failed: x\n\n\(text)".utf8)
  }
}
