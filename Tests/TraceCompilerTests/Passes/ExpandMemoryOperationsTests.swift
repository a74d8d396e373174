import Testing

@testable import TraceCompiler

@Suite struct ExpandMemoryOperationsTests {
  @Test func shortRunsAreLoadsAndStores() throws {
    try expect(
      ExpandMemoryOperations(),
      """
      b0:
        v1 = frame s0 + 0
        zero [v1 + 8], 15 align 8
        copy [v1 + 0], [v0 + 4], 6 align 4
        ret 0
      """,
      becomes: """
        b0:
          v1 = frame s0 + 0
          store u64 [v1 + 8], 0
          store u32 [v1 + 16], 0
          store u16 [v1 + 20], 0
          store u8 [v1 + 22], 0
          v2 = load u32 [v0 + 4]
          store u32 [v1 + 0], v2
          v3 = load u16 [v0 + 8]
          store u16 [v1 + 4], v3
          ret 0
        """)
  }

  @Test func longRunsAreOneCall() throws {
    try expect(
      ExpandMemoryOperations(),
      """
      b0:
        v1 = mapvalue 0 + 0
        zero [v1 + 8], 256 align 8
        copy [v1 + 0], [v0 + 0], 129 align 1
        ret 0
      """,
      becomes: """
        b0:
          v1 = mapvalue 0 + 0
          v2 = add v1, 8
          v3 = call probe_read_kernel(v2, 256, 0)
          v4 = call probe_read_kernel(v1, 129, v0)
          ret 0
        """)
  }
}
