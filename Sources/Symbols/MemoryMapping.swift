/// A line of /proc/PID/maps: a part of a process's memory and the file behind it.
public struct MemoryMapping: Hashable, Sendable {
  /// The addresses.
  public let addresses: Range<UInt64>
  /// Whether the process may execute it.
  public let isExecutable: Bool
  /// Where the mapping starts in its file.
  public let fileOffset: UInt64
  /// The file's device as the kernel shows it; file systems in layers can show another one by `stat`.
  public let device: Device
  /// The file's number, 0 when there is no file.
  public let inode: UInt64
  /// The file's path in the process's root, or a name in brackets such as `[vdso]`; empty for plain memory.
  public let path: String
  /// Whether the file has been deleted since.
  public let isDeleted: Bool

  /// A device's numbers.
  public struct Device: Hashable, Sendable {
    /// The driver's number.
    public let major: UInt32
    /// The driver's own number for the device.
    public let minor: UInt32

    /// A device of these numbers.
    public init(major: UInt32, minor: UInt32) {
      self.major = major
      self.minor = minor
    }
  }

  /// A mapping of executable memory, from its facts one by one.
  public init(addresses: Range<UInt64>, fileOffset: UInt64, device: Device, inode: UInt64, path: String) {
    self.addresses = addresses
    isExecutable = true
    self.fileOffset = fileOffset
    self.device = device
    self.inode = inode
    let mark = " (deleted)"
    isDeleted = path.hasSuffix(mark)
    self.path = isDeleted ? String(path.dropLast(mark.count)) : path
  }

  /// Whether a file backs it.
  public var isFile: Bool { inode != 0 && path.hasPrefix("/") }

  /// Reads one line, such as `55d0-55e0 r-xp 00002000 fe:00 253911  /usr/bin/cat`; nil when it has another form.
  ///
  /// Format: `show_map_vma` in the kernel's `fs/proc/task_mmu.c`; a newline in a path is written `\012`.
  public init?(parsing line: some StringProtocol) {
    let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
    guard fields.count >= 5 else { return nil }
    let ends = fields[0].split(separator: "-")
    let numbers = fields[3].split(separator: ":")
    guard ends.count == 2, let start = UInt64(ends[0], radix: 16), let end = UInt64(ends[1], radix: 16), start <= end,
      fields[1].utf8.count >= 4, let offset = UInt64(fields[2], radix: 16), numbers.count == 2,
      let major = UInt32(numbers[0], radix: 16), let minor = UInt32(numbers[1], radix: 16),
      let inode = UInt64(fields[4])
    else { return nil }
    addresses = start..<end
    isExecutable = fields[1].utf8.dropFirst(2).first == UInt8(ascii: "x")
    fileOffset = offset
    device = Device(major: major, minor: minor)
    self.inode = inode
    var path = fields.count > 5 ? Substring(fields[5].drop { $0 == " " }) : ""
    let mark = " (deleted)"
    isDeleted = path.hasSuffix(mark)
    if isDeleted { path = path.dropLast(mark.count) }
    self.path = Self.unescapingNewlines(in: path)
  }

  /// All mappings of the text of a maps file, in order of address.
  public static func parse(_ text: some StringProtocol) -> [MemoryMapping] {
    text.split(separator: "\n").compactMap { MemoryMapping(parsing: $0) }
  }

  private static func unescapingNewlines(in path: Substring) -> String {
    guard path.contains("\\") else { return String(path) }
    var result = ""
    var rest = path
    while let backslash = rest.firstIndex(of: "\\") {
      result += rest[..<backslash]
      if rest[backslash...].hasPrefix("\\012") {
        result += "\n"
        rest = rest[backslash...].dropFirst(4)
      } else {
        result += "\\"
        rest = rest[backslash...].dropFirst()
      }
    }
    return result + rest
  }
}
