import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct KernelFeaturesTests {
  /// A feature that is older than the running kernel may be missing only where something explains it, and what the
  /// table says is newer than the kernel may be there only where a distribution has brought it.
  @Test(arguments: KernelFeature.all)
  func theTableAgreesWithTheRunningKernel(_ feature: KernelFeature) throws {
    let version = try KernelVersion.running(LiveKernel())
    let absence = KernelFeatures.running.absence(of: feature)
    if let absence {
      #expect(absence.description.contains(feature.name))
      #expect(absence.cause != .unexplained, "\(absence)")
    } else {
      #expect(version >= feature.firstKernel, "\(feature.name)")
    }
  }

  /// The kernel that the machine's own type information was made for says which helpers it has.
  @Test func helpersAreNumberedByKernel() throws {
    let version = try KernelVersion.running(LiveKernel())
    let known = HelperFunction.all.filter {
      KernelFeatures.running.availability(of: .helper($0, in: .schedulerClassifier)) != .missing(.unknownHelper)
    }
    for helper in known { #expect(try version >= #require(helper.firstKernel), "\(helper)") }
    #expect(HelperFunction.tailCall.firstKernel == KernelVersion(4, 2))
    #expect(HelperFunction.getPrandomU32.firstKernel == KernelVersion(4, 1))
    #expect(HelperFunction(rawValue: 212).firstKernel == nil)
  }

  /// The page of the documentation is what the table gives; with SWIFT_BPF_RECORD set it is written anew.
  @Test func theSupportTableIsPublished() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/BPF/BPF.docc/KernelSupport.md")
    if ProcessInfo.processInfo.environment["SWIFT_BPF_RECORD"] != nil {
      try KernelFeature.supportTable.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == KernelFeature.supportTable)
  }

  @Test func namesAreUnique() {
    let names = KernelFeature.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(KernelFeature.all).count == names.count)
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
  }

  @Test func anOldKernelHasLess() {
    let refused = Array(repeating: ScriptedKernel.Answer.failure(.invalidArgument), count: 4)
    let features = KernelFeatures(ScriptedKernel([.programLoad: refused]))
    #expect(features.instructionSet == .v2)
    #expect(features.instructionLimit == 4096)
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
