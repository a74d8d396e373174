import KernelInterface
import LinuxSystem
import Symbols
import Testing

@testable import TraceRuntime

@Suite struct ProcessHistoryTests {
  private func mapping(_ address: UInt64, _ path: String, length: UInt64 = 0x1000) -> ProcessRecord.Mapping {
    .init(address: address, length: length, fileOffset: 0, deviceMajor: 8, deviceMinor: 1, inode: 9, path: path)
  }

  private func history() throws -> ProcessHistory {
    ProcessHistory(try ProcessRecords(cpus: [], kernel: LiveKernel()))
  }

  @Test func mappingsAreKeptBeyondTheEnd() throws {
    var history = try history()
    history.take(.executed(process: 5))
    history.take(.mapped(process: 5, mapping(0x1000, "/bin/a")))
    history.take(.mapped(process: 5, mapping(0x9000, "/lib/b")))
    history.take(.ended(process: 5))
    #expect(history.mappings(of: 5)?.map(\.path) == ["/bin/a", "/lib/b"])
  }

  @Test func laterMappingsReplaceWhatTheyCover() throws {
    var history = try history()
    history.take(.executed(process: 5))
    history.take(.mapped(process: 5, mapping(0x1000, "/lib/old", length: 0x2000)))
    history.take(.mapped(process: 5, mapping(0x2000, "/lib/new")))
    #expect(history.mappings(of: 5)?.map(\.path) == ["/lib/new"])
  }

  @Test func childrenHaveWhatTheirParentsHave() throws {
    var history = try history()
    history.take(.executed(process: 5))
    history.take(.mapped(process: 5, mapping(0x1000, "/bin/a")))
    history.take(.forked(process: 6, parent: 5))
    #expect(history.mappings(of: 6)?.map(\.path) == ["/bin/a"])
    history.take(.executed(process: 6))
    #expect(history.mappings(of: 6) == [])
    #expect(history.mappings(of: 5)?.count == 1)
  }

  /// Of a process that was there before, and after records were lost, `/proc` knows better.
  @Test func whatWasNotSeenFromItsBeginningIsNotTold() throws {
    var history = try history()
    history.take(.mapped(process: 5, mapping(0x1000, "/lib/late")))
    #expect(history.mappings(of: 5) == nil)
    history.take(.forked(process: 6, parent: 4))
    #expect(history.mappings(of: 6) == nil)
    history.take(.executed(process: 7))
    history.take(.lost(3))
    #expect(history.mappings(of: 7) == nil)
    history.take(.mapped(process: 8, mapping(.max, "/lib/odd")))
    #expect(history.mappings(of: 8) == nil)
  }

  @Test func theOldestAreForgotten() throws {
    var history = try history()
    for process in UInt32(1)...40_000 {
      history.take(.executed(process: process))
      history.take(.ended(process: process))
    }
    #expect(history.mappings(of: 1) == nil)
    #expect(history.mappings(of: 40_000) == [])
  }
}
