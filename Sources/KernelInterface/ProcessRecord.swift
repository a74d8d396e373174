/// Something that changed which code a process can run, as the kernel records it when it happens.
///
/// Layout: `enum perf_event_type` in `include/uapi/linux/perf_event.h`. Process numbers are those of the reader's pid
/// name space.
public enum ProcessRecord: Hashable, Sendable {
  /// A file, or memory, was mapped so that it can be executed (`PERF_RECORD_MMAP2`).
  case mapped(process: UInt32, Mapping)
  /// The process began another program: what it had mapped before is gone (`PERF_RECORD_COMM` of an `execve(2)`).
  case executed(process: UInt32)
  /// A process came into being, with what its parent has mapped (`PERF_RECORD_FORK`).
  case forked(process: UInt32, parent: UInt32)
  /// A process has ended with its last thread of that number (`PERF_RECORD_EXIT`).
  case ended(process: UInt32)
  /// So many records found no room (`PERF_RECORD_LOST`).
  case lost(UInt64)

  /// A stretch of a process's memory and the file behind it.
  public struct Mapping: Hashable, Sendable {
    /// The first address.
    public var address: UInt64
    /// Bytes.
    public var length: UInt64
    /// Where in the file it begins.
    public var fileOffset: UInt64
    /// The file's device, in two numbers.
    public var deviceMajor: UInt32
    /// The file's device, the second number.
    public var deviceMinor: UInt32
    /// The file's number; 0 when there is no file.
    public var inode: UInt64
    /// The path as the process sees it, or a name such as `[vdso]` or `//anon`.
    public var path: String

    /// A mapping from its facts.
    public init(
      address: UInt64, length: UInt64, fileOffset: UInt64, deviceMajor: UInt32, deviceMinor: UInt32, inode: UInt64,
      path: String
    ) {
      self.address = address
      self.length = length
      self.fileOffset = fileOffset
      self.deviceMajor = deviceMajor
      self.deviceMinor = deviceMinor
      self.inode = inode
      self.path = path
    }
  }

  /// Reads one record, header included; nil for kinds that say nothing of code, and for what is cut short.
  public init?(_ bytes: [UInt8]) {
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number? {
      guard offset + MemoryLayout<Number>.size <= bytes.count else { return nil }
      return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
    }
    guard let kind = number(UInt32.self, at: 0), let flags = number(UInt16.self, at: 4),
      let process = number(UInt32.self, at: 8)
    else { return nil }
    switch kind {
    case 2:
      guard let count = number(UInt64.self, at: 16) else { return nil }
      self = .lost(count)
    case 3:
      // PERF_RECORD_MISC_COMM_EXEC; other changes of the name do not matter here.
      guard flags & 1 << 13 != 0 else { return nil }
      self = .executed(process: process)
    case 4, 7:
      // Threads have records too: of a process, the thread's number is its own.
      guard let parent = number(UInt32.self, at: 12), number(UInt32.self, at: 16) == process else { return nil }
      self = kind == 4 ? .ended(process: process) : .forked(process: process, parent: parent)
    case 10:
      guard let address = number(UInt64.self, at: 16), let length = number(UInt64.self, at: 24),
        let fileOffset = number(UInt64.self, at: 32), let major = number(UInt32.self, at: 40),
        let minor = number(UInt32.self, at: 44), let inode = number(UInt64.self, at: 48), bytes.count > 72
      else { return nil }
      self = .mapped(
        process: process,
        Mapping(
          address: address, length: length, fileOffset: fileOffset, deviceMajor: major, deviceMinor: minor,
          inode: inode, path: String(decoding: bytes[72...].prefix { $0 != 0 }, as: UTF8.self)))
    default:
      return nil
    }
  }
}
