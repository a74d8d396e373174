import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

@Suite struct KernelFactsTests {
  @Test(arguments: [
    ("6.18.44-fc", KernelVersion(6, 18, 44)), ("5.15-rc1", KernelVersion(5, 15, 0)), ("4.19.0", KernelVersion(4, 19)),
    ("5.10.0-26-amd64", KernelVersion(5, 10)),
  ])
  func readsReleases(_ text: String, _ version: KernelVersion) { #expect(KernelVersion(release: text) == version) }

  @Test(arguments: ["", "6", "x.y", "6.", "99999999999999999999.1"])
  func refusesOtherReleases(_ text: String) { #expect(KernelVersion(release: text) == nil) }

  @Test func knowsUbuntusOwnNumbers() throws {
    let kernel = ScriptedKernel(files: ["/proc/version_signature": "Ubuntu 5.15.0-25.25-generic 5.15.30\n"])
    #expect(try KernelVersion.running(kernel) == KernelVersion(5, 15, 30))
    #expect(KernelVersion(5, 9) < KernelVersion(5, 10))
  }

  @Test func readsCapabilities() throws {
    let some = try #require(Capabilities(status: "Name:\tx\nCapEff:\t0000004000000000\nCapBnd:\t0\n"))
    #expect(some == .performanceMonitoring)
    #expect(some.missingForTracing.names == ["CAP_BPF"])
    #expect(Capabilities.systemAdministration.missingForTracing.isEmpty)
    #expect(Capabilities(status: "CapEff: xyz\n") == nil)
    #expect(try Capabilities.effective(LiveKernel()).missingForTracing.isEmpty)
  }

  @Test func readsLockdown() {
    #expect(Lockdown("none [integrity] confidentiality\n") == .integrity)
    #expect(Lockdown("[none] integrity confidentiality\n") == Lockdown.none)
    #expect(Lockdown("none integrity") == nil)
    #expect(
      Lockdown.current(ScriptedKernel(files: ["/sys/kernel/security/lockdown": "none [confidentiality]"]))
        == .confidentiality)
  }
}
