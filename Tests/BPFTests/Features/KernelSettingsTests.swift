import Foundation
import KernelTesting
import Testing

@testable import BPF

@Suite struct KernelSettingsTests {
  @Test func readsEachSetting() {
    let settings = KernelSettings(
      kernel: ScriptedKernel(files: [
        "/proc/sys/kernel/unprivileged_bpf_disabled": "2\n", "/proc/sys/net/core/bpf_jit_enable": "1\n",
        "/proc/sys/net/core/bpf_jit_harden": "1\n", "/proc/sys/net/core/bpf_jit_kallsyms": "0\n",
        "/proc/sys/net/core/bpf_jit_limit": "528482304\n", "/proc/sys/kernel/bpf_stats_enabled": "1\n",
      ]))
    #expect(settings.unprivilegedUse == .forbidden)
    #expect(settings.compilation == .on)
    #expect(settings.hardening == .forUnprivilegedUsers)
    #expect(settings.exportsSymbols == false)
    #expect(settings.compiledCodeLimit == 528_482_304)
    #expect(settings.countsRuns == true)
    #expect(
      settings.lines == [
        "only privileged users may use bpf(2)", "programs are compiled",
        "constants of unprivileged users' programs are blinded", "compiled programs have no names in /proc/kallsyms",
        "compiled programs of unprivileged users may take 528482304 bytes", "runs of programs are counted",
      ])
  }

  @Test func whatCannotBeToldIsLeftOut() {
    let settings = KernelSettings(
      kernel: ScriptedKernel(files: [
        "/proc/sys/net/core/bpf_jit_enable": "7", "/proc/sys/net/core/bpf_jit_harden": "many",
      ]))
    #expect(settings.compilation == .other(7))
    #expect(settings.lines == ["net.core.bpf_jit_enable is 7"])
  }

  /// As the files of the running kernel have them.
  @Test func theRunningKernel() throws {
    let text = try String(contentsOfFile: "/proc/sys/kernel/unprivileged_bpf_disabled", encoding: .utf8)
    let expected: KernelSettings.UnprivilegedUse =
      switch text.first {
      case "0": .allowed
      case "1": .forbiddenForGood
      default: .forbidden
      }
    #expect(KernelSettings().unprivilegedUse == expected)
    #expect(KernelSettings().lines.count >= 5)
  }
}
