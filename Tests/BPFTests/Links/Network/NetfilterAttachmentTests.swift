import KernelTesting
import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

@Suite struct NetfilterAttachmentTests {
  @Test(.needs(.link(.netfilter))) func countsAndLeaves() throws {
    try inNewNetwork {
      let counting = try CountingProgram(.netfilter, for: .netfilter, answer: 1)
      let link = try counting.program.attach(to: NetfilterHook(.ipv4, .localIn, priority: -5))
      try TestSockets.passDatagrams(3)
      #expect(try counting.count() == 3)
      let info = try #require(try link.info())
      #expect(info.type == .netfilter)
      #expect(info.target == .netfilter(family: 2, hook: 1, priority: -5, flags: 0))
      let other = try CountingProgram(.netfilter, for: .netfilter, answer: 1)
      let same = try refusal { try other.program.attach(to: NetfilterHook(.ipv4, .localIn, priority: -5)) }
      #expect(same.cause == .occupied(programIDs: []))
      link.close()
      #expect(eventually { isGone(link: info.id) })
      try TestSockets.passDatagrams(1)
      #expect(try counting.count() == 3)
    }
  }

  /// A datagram too big for the interface comes in pieces, or whole where the kernel puts them together first.
  @Test(.needs(.link(.netfilter)), .needs(linux: 6, 6, for: "defragmentation for netfilter links"))
  func putsFragmentsTogether() throws {
    try inNewNetwork {
      try RouteSocket(LiveKernel()).setMTU(1500, of: 1)
      for (defragments, expected) in [(false, 3), (true, 1)] as [(Bool, UInt64)] {
        let counting = try CountingProgram(.netfilter, for: .netfilter, answer: 1)
        let link = try counting.program.attach(
          to: NetfilterHook(.ipv4, .preRouting, priority: 5, defragments: defragments))
        guard case .netfilter(_, _, _, let flags)? = try link.info()?.target else {
          Issue.record("no facts about the link")
          return
        }
        #expect(flags == (defragments ? 1 : 0))
        // 4008 bytes with their header, of which a piece takes 1480.
        try TestSockets.passDatagrams(1, size: 4000)
        #expect(try counting.count() == expected)
        #expect(closeForGood(link))
      }
    }
  }

  @Test(.needs(.link(.netfilter)), arguments: [NetfilterHook.Family.ipv4, .ipv6])
  func takesEachPlace(_ family: NetfilterHook.Family) throws {
    try inNewNetwork {
      for point in NetfilterHook.Point.allCases {
        let counting = try CountingProgram(.netfilter, for: .netfilter, answer: 1)
        let link = try counting.program.attach(to: NetfilterHook(family, point, priority: 9))
        #expect(
          try link.info()?.target
            == .netfilter(family: family.rawValue, hook: point.rawValue, priority: 9, flags: 0))
      }
      let counting = try CountingProgram(.netfilter, for: .netfilter, answer: 1)
      let last = try refusal { try counting.program.attach(to: NetfilterHook(family, .forward, priority: .max)) }
      #expect(last.error?.errno == .outOfRange)
    }
  }
}
