import KernelInterface
import Symbols

/// What processes have mapped since the run began, kept beyond their end.
///
/// A stack is captured when its process runs and shown when it may be long gone. The kernel's records of mappings close
/// that gap for every process that has begun its program since; of the others `/proc` tells as long as they live.
struct ProcessHistory {
  /// One process, as far as it was seen.
  private struct Life {
    var mappings: [MemoryMapping] = []
    /// Whether everything that it has mapped was seen: from its program's beginning, or its parent's.
    var isComplete = false
    var hasEnded = false
  }

  /// Ended processes beyond this number are forgotten, the oldest first.
  private static let memory = 16_384

  private let records: ProcessRecords
  private var lives: [UInt32: Life] = [:]
  private var ended: [UInt32] = []

  init(_ records: ProcessRecords) { self.records = records }

  /// Takes up what has happened since the last time.
  mutating func update() {
    var news: [ProcessRecord] = []
    records.consume { news.append($0) }
    for record in news { take(record) }
  }

  /// What a process has, or had at its end, mapped; nil when not all of it was seen.
  func mappings(of process: UInt32) -> [MemoryMapping]? {
    guard let life = lives[process], life.isComplete else { return nil }
    return life.mappings
  }

  /// Takes up one record.
  mutating func take(_ record: ProcessRecord) {
    switch record {
    case .executed(let process):
      lives[process] = Life(isComplete: true)
    case .forked(let process, let parent):
      lives[process] = lives[parent].map { Life(mappings: $0.mappings, isComplete: $0.isComplete) } ?? Life()
    case .mapped(let process, let mapping):
      let (end, overflow) = mapping.address.addingReportingOverflow(mapping.length)
      guard !overflow, mapping.length > 0, let new = MemoryMapping(mapping, end: end) else { return }
      lives[process, default: Life()].mappings.removeAll { $0.addresses.overlaps(new.addresses) }
      lives[process, default: Life()].mappings.append(new)
    case .ended(let process):
      guard lives[process]?.hasEnded == false else { return }
      lives[process]?.hasEnded = true
      ended.append(process)
      forgetOldest()
    case .lost:
      // Whose record it was is unknown: from now on nobody's mappings are known to be all.
      for process in lives.keys { lives[process]?.isComplete = false }
    }
  }

  private mutating func forgetOldest() {
    guard ended.count > 2 * Self.memory else { return }
    for process in ended.prefix(Self.memory) where lives[process]?.hasEnded == true { lives[process] = nil }
    ended.removeFirst(Self.memory)
  }
}

extension MemoryMapping {
  fileprivate init?(_ mapping: ProcessRecord.Mapping, end: UInt64) {
    guard mapping.address < end else { return nil }
    self.init(
      addresses: mapping.address..<end, fileOffset: mapping.fileOffset,
      device: Device(major: mapping.deviceMajor, minor: mapping.deviceMinor), inode: mapping.inode, path: mapping.path)
  }
}
