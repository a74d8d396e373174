import LinuxSystem
import Testing

@testable import KernelInterface

@Suite struct ProcessRecordsTests {
  private func record(_ kind: UInt32, _ flags: UInt16, _ words: [UInt32], tail: [UInt8] = []) -> [UInt8] {
    let size = UInt16(8 + words.count * 4 + tail.count)
    return [kind].flatMap { bytes($0) } + bytes(flags) + bytes(size) + words.flatMap { bytes($0) } + tail
  }

  private func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number) { Array($0) }
  }

  @Test func recordsAreRead() {
    #expect(ProcessRecord(record(7, 0, [5, 4, 5, 4])) == .forked(process: 5, parent: 4))
    #expect(ProcessRecord(record(7, 0, [5, 5, 6, 5])) == nil)
    #expect(ProcessRecord(record(4, 0, [5, 4, 5, 4])) == .ended(process: 5))
    #expect(ProcessRecord(record(3, 1 << 13, [5, 5, 0, 0])) == .executed(process: 5))
    #expect(ProcessRecord(record(3, 0, [5, 5, 0, 0])) == nil)
    #expect(ProcessRecord(record(2, 0, [0, 0, 7, 0])) == .lost(7))
    let words: [UInt32] = [5, 5, 0x1000, 0, 0x2000, 0, 0x3000, 0, 8, 1, 99, 0, 0, 0, 5, 2]
    #expect(
      ProcessRecord(record(10, 0, words, tail: Array("/bin/x\0\0".utf8)))
        == .mapped(
          process: 5,
          .init(
            address: 0x1000, length: 0x2000, fileOffset: 0x3000, deviceMajor: 8, deviceMinor: 1, inode: 99,
            path: "/bin/x")))
  }

  @Test func damagedRecords() {
    for kind: UInt32 in 0...20 {
      for count in 0..<80 {
        let whole = record(kind, 1 << 13, Array(repeating: 5, count: 18))
        _ = ProcessRecord(Array(whole.prefix(count)))
      }
    }
    #expect(ProcessRecord([]) == nil)
  }

  /// A child's whole life is on record when it has been waited for.
  @Test func aChildIsRecorded() throws {
    let records = try ProcessRecords(cpus: CPUList.online().cpus, kernel: LiveKernel())
    let child = try ChildProcess(["/bin/true"])
    try child.release()
    _ = try child.wait()
    let process = UInt32(child.process)
    var own: [ProcessRecord] = []
    records.consume { record in
      switch record {
      case .forked(process, _), .executed(process), .mapped(process, _): own.append(record)
      default: break
      }
    }
    #expect(own.contains(.forked(process: process, parent: UInt32(CurrentProcess.id))))
    #expect(own.contains(.executed(process: process)))
    let paths = own.compactMap { if case .mapped(_, let mapping) = $0 { mapping.path } else { nil } }
    #expect(paths.contains { $0.hasSuffix("/true") })
    #expect(paths.contains { $0.contains("libc.so") })
  }
}
