import Bytecode
import Testing

@testable import TraceCompiler

/// The kernel's verifier writes each instruction that it visits: ours must read the same.
@Suite(.enabled(if: KernelRun.isPossible, "loading programs needs CAP_BPF and CAP_PERFMON"))
struct KernelTextTests {
  @Test func instructionsReadAsTheKernelWritesThem() throws {
    var compared: Set<String> = []
    for seed in 0..<UInt64(40) {
      let module = RandomModule.make(seed: seed, size: 25, level: KernelRun.level, mayLoop: KernelRun.hasLoop)
      let code = try module.compile(for: CodeGenerationTarget(level: KernelRun.level))
      let maps = Set(code.relocations.map(\.instruction))
      var ours: [Int: String] = [:]
      for line in code.lines() where !maps.contains(line.instruction) && !line.text.contains("subprog") {
        ours[line.instruction] = line.text
      }
      let log = try KernelRun.verifierLog(
        code, entryCounts: [1, RandomModule.entryCount], valueSize: SSAInterpreter.valueSize)
      for line in log.split(separator: "\n") {
        // "12: (85) call bpf_ktime_get_ns#5      ; R0=scalar()"
        let parts = line.split(separator: " ", maxSplits: 1)
        guard let number = parts.first?.dropLast(), let index = Int(number), parts.count == 2, parts[1].hasPrefix("("),
          let text = ours[index]
        else { continue }
        // Behind the text: a semicolon and the registers' states, or, from 7.2 on, a tab and what changes.
        let theirs = parts[1].prefix { $0 != ";" && $0 != "\t" }
        // Where the state follows on the same line, it repeats the next number: "25: (55) if r6 != 0x40 goto pc+1 27: R0=…"
        let matches = theirs == text || theirs.hasPrefix(text + " ")
        #expect(matches, "\(theirs) and \(text)")
        compared.insert(String(text.prefix(4)))
      }
    }
    #expect(compared.count > 50, "kinds of instructions seen: \(compared.count)")
  }
}
