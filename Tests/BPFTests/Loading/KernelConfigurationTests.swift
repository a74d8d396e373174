import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

@Suite struct KernelConfigurationTests {
  @Test func readsEveryKindOfValue() {
    let configuration = KernelConfiguration(
      parsing: Array(
        #"""
        # CONFIG_ABSENT is not set
        CONFIG_YES=y
        CONFIG_MODULE=m
        CONFIG_NO=n
        CONFIG_TEN=10
        CONFIG_MINUS=-2
        CONFIG_ADDRESS=0xffffffff81000000
        CONFIG_LARGE=18446744073709551615
        CONFIG_TEXT="a \"quoted\" \\ text"
        CONFIG_EMPTY=""
        CONFIG_BROKEN="
        CONFIG_WORD=word
        """#.utf8))
    #expect(configuration["CONFIG_YES"] == .yes)
    #expect(configuration["CONFIG_MODULE"] == .module)
    #expect(configuration["CONFIG_NO"] == .no)
    #expect(configuration["CONFIG_TEN"] == .number(10, isNegative: false))
    #expect(configuration["CONFIG_MINUS"] == .number(UInt64.max - 1, isNegative: true))
    #expect(configuration["CONFIG_ADDRESS"] == .number(0xffff_ffff_8100_0000, isNegative: false))
    #expect(configuration["CONFIG_LARGE"] == .number(.max, isNegative: false))
    #expect(configuration["CONFIG_TEXT"] == .text(Array(#"a "quoted" \ text"#.utf8)))
    #expect(configuration["CONFIG_EMPTY"] == .text([]))
    for name in ["CONFIG_ABSENT", "CONFIG_BROKEN", "CONFIG_WORD"] { #expect(configuration[name] == nil) }
  }

  @Test(.enabled(if: KernelConfiguration.isReadable, KernelConfiguration.unreadable)) func readsTheRunningKernels()
    throws
  {
    let configuration = try KernelConfiguration()
    #expect(configuration["CONFIG_BPF_SYSCALL"] == .yes)
    #expect(configuration["CONFIG_BPF"] == .yes)
  }
}

extension KernelConfiguration {
  /// Whether this machine shows its kernel's configuration.
  static var isReadable: Bool { (try? KernelConfiguration()) != nil }
  /// Why tests are skipped where it does not.
  static var unreadable: Comment { "there is no /proc/config.gz and no /boot/config-…" }
}
