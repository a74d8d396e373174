import BPF
import Diagnostics
import LinuxSystem
import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct TraceFailureTests {
  private func text(_ failure: TraceFailure) -> String {
    failure.text(of: SourceText(name: "stdin", "begin { }"), isVerbose: false, isColoured: false)
  }

  private func refused(_ errno: SystemErrno, keyByteCount: Int = 8) -> String {
    let map = CompiledMap(
      role: .script(name: "@x", key: .int64, value: .plain(.int64)), storage: .hash, keyByteCount: keyByteCount,
      valueByteCount: 8, maximumEntries: 4096)
    let call = SystemCallError(call: "bpf(BPF_MAP_CREATE)", subject: "map 'AT_x'", errno: errno)
    return text(.mapRefused(map, .systemCall(call)))
  }

  @Test func refusedMaps() {
    #expect(refused(.notPermitted).hasPrefix("ERROR: the kernel does not permit making BPF maps"))
    #expect(
      refused(.argumentListTooLong, keyByteCount: 1024).hasPrefix("ERROR: this kernel takes no keys of 1024 bytes"))
    #expect(
      refused(.noMemory).hasPrefix("ERROR: the kernel has no room for @x: 4096 entries of 8 + 8 bytes (ENOMEM)\nHINT:"))
    #expect(refused(.invalidArgument).hasPrefix("ERROR: @x could not be made: "))
  }

  @Test func reasonsOfTheVerifier() {
    let known = VerifierWords(VerifierLog(parsing: Array("BPF program is too large. Processed 1000001 insn\n".utf8)))
    #expect(known.cause.hasPrefix("it walks through more instructions than the kernel allows"))
    #expect(known.remedies.count == 1)
    let unknown = VerifierWords(VerifierLog(parsing: Array("0: (95) exit\nR0 !read_ok\n".utf8)))
    #expect(unknown.cause == "R0 !read_ok")
    #expect(unknown.remedies.count == 1)
  }
}
