import BPF
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@Suite struct ModuleBTFTests {
  @Test(.needs(linux: 5, 11, for: "the BTF of modules")) func opensTheKernelsOwn() throws {
    guard let btf = try LiveKernel().openKernelBTF(named: "vmlinux") else {
      Issue.record("there is no type information named vmlinux")
      return
    }
    #expect(btf.name == "vmlinux")
    #expect(try LiveKernel().btfInfo(btf.descriptor).id == btf.id)
    if try LiveKernel().openKernelBTF(named: "there is no such module") != nil { Issue.record("found") }
  }

  @Test func refusesTokensOfOtherFileSystems() {
    #expect(throws: SystemCallError.self) { _ = try LiveKernel().createToken(ofFileSystemAt: "/proc").disown() }
  }
}
