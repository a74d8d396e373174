import Foundation
import Testing

@testable import LinuxSystem

@Suite struct ProcessDescriptorsTests {
  @Test func tellsWhatIsNoFile() throws {
    let poller = try Epoll()
    let file = try FileSystem.open("/dev/null")
    var kinds: [Int32: String] = [:]
    ProcessDescriptors.forEachAnonymous(of: ProcessInfo.processInfo.processIdentifier) { number, kind in
      kinds[number] = String(decoding: kind, as: UTF8.self)
    }
    #expect(kinds.values.contains("[eventpoll]"))
    #expect(file.withNumber { kinds[$0] } == nil)
    _ = consume poller
  }

  @Test func aProcessThatIsNotThereHasNone() {
    ProcessDescriptors.forEachAnonymous(of: -1) { number, _ in Issue.record("descriptor \(number)") }
  }
}
