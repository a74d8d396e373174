import Testing

@testable import TraceCompiler

@Suite struct MergeCommonSubexpressionsTests {
  @Test func mergesUnderDominatorsOnly() throws {
    try expect(
      MergeCommonSubexpressions(),
      """
      b0:
        v1 = call.event get_current_pid_tgid()
        br eq v1, 0, b1, b2
      b1:
        v2 = call.event get_current_pid_tgid()
        v3 = call.event ktime_get_ns()
        v4 = load u64 [v0 + 0]
        v5 = load u64 [v0 + 0]
        v6 = add v4, v5
        v7 = add v5, v4
        v8 = sub v6, v7
        jump b3(v8)
      b2:
        v9 = call.event ktime_get_ns()
        v10 = call ktime_get_ns()
        v11 = call ktime_get_ns()
        jump b3(v9)
      b3(v12):
        v13 = call.event ktime_get_ns()
        ret v13
      """,
      becomes: """
        b0:
          v1 = call.event get_current_pid_tgid()
          br eq v1, 0, b1, b2
        b1:
          v3 = call.event ktime_get_ns()
          v4 = load u64 [v0 + 0]
          v5 = load u64 [v0 + 0]
          v6 = add v4, v5
          v8 = sub v6, v6
          jump b3(v8)
        b2:
          v9 = call.event ktime_get_ns()
          v10 = call ktime_get_ns()
          v11 = call ktime_get_ns()
          jump b3(v9)
        b3(v12):
          v13 = call.event ktime_get_ns()
          ret v13
        """)
  }
}
