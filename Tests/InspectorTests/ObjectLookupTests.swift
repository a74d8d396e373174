import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import Inspector

@Suite struct ObjectLookupTests {
  /// A kernel with three links, of which the first two are answered so when they are opened.
  private func kernel(_ first: SystemErrno, _ second: SystemErrno) -> ScriptedKernel {
    let ids = (1...3).map { id in ScriptedKernel.Answer.number(0) { $0.set(UInt32(id), at: 4) } }
    return ScriptedKernel([
      .linkGetNextID: ids + [.failure(.noSuchFileOrDirectory)],
      .linkGetDescriptorByID: [.failure(first), .failure(second), .descriptor],
    ])
  }

  @Test func whatVanishesOrIsStillMadeIsPassedOver() throws {
    var seen: [UInt32] = []
    let kernel = kernel(.noSuchFileOrDirectory, .resourceTemporarilyUnavailable)
    try ObjectLookup(.link, kernel: kernel).forEach { id, _ in seen.append(id) }
    #expect(seen == [3])
  }

  @Test func anyOtherFailureIsTold() {
    #expect(throws: InspectorError.self) {
      try ObjectLookup(.link, kernel: kernel(.noSuchFileOrDirectory, .noMemory)).forEach { _, _ in }
    }
  }
}
