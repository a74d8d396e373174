import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

/// Machines without an infrared receiver test what the kernel is asked.
@Suite struct InfraredAttachmentTests {
  private func program(_ kernel: ScriptedKernel, _ type: ProgramType = .lircMode2) throws -> Program {
    var spec = ProgramTests.spec(type, [.move(.r0, 0), .exit])
    spec.name = "decode"
    return try Program(spec, kernel: kernel)
  }

  @Test func attachesAndDetaches() throws {
    let kernel = ScriptedKernel(
      [.programLoad: [.descriptor], .programAttach: [.number(0) { _ in }], .programDetach: [.number(0) { _ in }]],
      files: ["/dev/lirc7": ""])
    do {
      let link = try program(kernel).attach(toInfraredReceiver: "/dev/lirc7")
      #expect(link.subject == "infrared receiver /dev/lirc7")
      #expect(kernel.calls == [.programLoad, .programAttach])
      #expect(kernel.attributes.last?.get(UInt32.self, at: 8) == AttachType.lircMode2.rawValue)
      link.close()
    }
    #expect(kernel.calls == [.programLoad, .programAttach, .programDetach])
    #expect(try kernel.openDescriptors() == 0)
  }

  @Test func refusals() throws {
    let kernel = ScriptedKernel(
      [.programLoad: [.descriptor, .descriptor], .programAttach: [.failure(.argumentListTooLong)]],
      files: ["/dev/lirc7": ""])
    let decoder = try program(kernel)
    #expect(
      throws: BPFError.systemCall(SystemCallError(call: "openat", subject: "/dev/none", errno: .noSuchFileOrDirectory))
    ) {
      try decoder.attach(toInfraredReceiver: "/dev/none")
    }
    #expect {
      try decoder.attach(toInfraredReceiver: "/dev/lirc7")
    } throws: {
      "\($0)".hasPrefix("program 'decode' cannot be attached to infrared receiver /dev/lirc7: bpf(BPF_PROG_ATTACH)")
    }
    #expect {
      try program(kernel, .socketFilter).attach(toInfraredReceiver: "/dev/lirc7")
    } throws: { "\($0)".contains("it is of type socket_filter, not lirc_mode2") }
  }
}
