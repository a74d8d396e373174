import Bytecode
import LinuxSystem
import Testing

@testable import KernelInterface

@Suite struct KernelFeaturesTests {
  /// A helper that is older than the running kernel may be missing only where its configuration can leave it out.
  @Test(arguments: KernelFeature.allCases)
  func theTableAgreesWithTheRunningKernel(_ feature: KernelFeature) throws {
    let kernel = LiveKernel()
    let features = KernelFeatures(kernel)
    let version = try KernelVersion.running(kernel)
    let availability = features.availability(of: feature)
    let explanation = feature.explanation(of: availability, on: version)
    if availability.isAvailable {
      #expect(explanation == nil)
      #expect(version >= feature.firstKernel)
    } else {
      #expect(explanation?.contains(feature.name) == true)
      let optional: Set<KernelFeature> = [
        .kprobes, .kprobeMulti, .kprobeSession, .uprobes, .uprobeMulti, .returnOverride, .userWrites, .typeInformation,
      ]
      #expect(version < feature.firstKernel || optional.contains(feature), "\(availability)")
    }
    #expect(features.availability(of: feature) == availability)
  }

  @Test func anUnknownHelperIsMissing() {
    let log = "0: (85) call unknown#9999\ninvalid func unknown#9999\n"
    let kernel = ScriptedKernel([
      .programLoad: [
        .number(-22) { attribute in
          let size = attribute.get(UInt32.self, at: 28)
          if let address = UnsafeMutableRawPointer(bitPattern: attribute.get(UInt.self, at: 32)) {
            UnsafeMutableRawBufferPointer(start: address, count: Int(size)).copyBytes(from: log.utf8)
          }
        }
      ]
    ])
    let features = KernelFeatures(kernel)
    #expect(features.availability(of: .loop) == .missing(.unknownHelper))
    #expect(!features.has(.loop))
    #expect(kernel.calls == [.programLoad])
    #expect(
      KernelFeature.loop.explanation(of: .missing(.unknownHelper), on: KernelVersion(5, 10))
        == "this kernel (5.10.0) has no bpf_loop: Linux 5.17 is the first to have it")
  }

  @Test func anOldKernelHasLess() {
    let refused = Array(repeating: ScriptedKernel.Answer.failure(.invalidArgument), count: 4)
    let features = KernelFeatures(ScriptedKernel([.programLoad: refused]))
    #expect(features.instructionSet == .v2)
    #expect(features.instructionLimit == 4096)
  }

  @Test func missingPrivilegesAreNotMissingFeatures() {
    let kernel = ScriptedKernel([.programLoad: [.failure(.notPermitted)]])
    let availability = KernelFeatures(kernel).availability(of: .taiClock)
    #expect(availability == .missing(.notPermitted))
    #expect(
      KernelFeature.taiClock.explanation(of: availability, on: KernelVersion(6, 18))
        == "whether this kernel has bpf_ktime_get_tai_ns could not be tried without CAP_BPF and CAP_PERFMON")
  }

  @Test func linksAreProbedByTheirError() throws {
    let able = ScriptedKernel([.programLoad: [.descriptor], .linkCreate: [.failure(.badFileDescriptor)]])
    #expect(KernelFeatures(able).has(.perfEventLinks))
    let unable = ScriptedKernel([.programLoad: [.descriptor], .linkCreate: [.failure(.invalidArgument)]])
    #expect(
      KernelFeatures(unable).availability(of: .perfEventLinks)
        == .missing(.refused(call: "bpf(BPF_LINK_CREATE)", errno: 22)))
    #expect(
      KernelFeatures(unable).availability(of: .kprobes)
        == .missing(.noFile(path: "/sys/bus/event_source/devices/kprobe/type")))
    #expect(try able.openDescriptors() == 0 && unable.openDescriptors() == 0)
  }
}
