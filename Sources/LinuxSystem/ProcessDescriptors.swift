internal import CLinux
internal import Glibc

/// The descriptors of processes, by `/proc/PID/fd`.
public enum ProcessDescriptors {
  /// Calls `body` with each descriptor of a process that is no file but an object of the kernel's: with its number and
  /// with what it says it is, such as `bpf-map` or `[perf_event]`.
  ///
  /// Of a process that has ended, or that we may not look into, there are none.
  public static func forEachAnonymous(of pid: Int32, _ body: (Int32, UnsafeRawBufferPointer) -> Void) {
    guard let folder = try? FileSystem.open("/proc/\(pid)/fd", .directory) else { return }
    withUnsafeTemporaryAllocation(byteCount: bufferSize, alignment: 8) { buffer in
      while true {
        let count = folder.withNumber { clinux_directory_entries($0, buffer.baseAddress, buffer.count) }
        guard count > 0, count <= buffer.count else { return }
        folder.withNumber { look(through: UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]), of: $0, body) }
        // The kernel fills the buffer as far as there is something: what leaves room is the end.
        if Int(count) < bufferSize / 2 { return }
      }
    }
  }

  private static let bufferSize = 16 * 1024
  private static let prefix: StaticString = "anon_inode:"

  /// Takes `struct linux_dirent64` records apart: inode (8 bytes), offset (8), length (2), kind (1), name with NUL.
  private static func look(
    through records: UnsafeRawBufferPointer, of folder: CInt, _ body: (Int32, UnsafeRawBufferPointer) -> Void
  ) {
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { target in
      var start = 0
      while start + 19 < records.count {
        let length = Int(records.loadUnaligned(fromByteOffset: start + 16, as: UInt16.self))
        guard length > 19, start + length <= records.count else { return }
        let name = UnsafeRawBufferPointer(rebasing: records[(start + 19)..<(start + length)])
        start += length
        guard let number = number(name), let path = name.baseAddress, let room = target.baseAddress else { continue }
        let count = readlinkat(
          folder, path.assumingMemoryBound(to: CChar.self), room.assumingMemoryBound(to: CChar.self), target.count)
        guard count > prefix.utf8CodeUnitCount else { continue }
        let said = UnsafeRawBufferPointer(rebasing: target[..<count])
        guard prefix.withUTF8Buffer({ said.starts(with: $0) }) else { continue }
        body(number, UnsafeRawBufferPointer(rebasing: said[prefix.utf8CodeUnitCount...]))
      }
    }
  }

  /// The number that an entry's name is, which a zero byte ends; nil for other names, and without that byte.
  private static func number(_ name: UnsafeRawBufferPointer) -> Int32? {
    var number: Int32 = 0
    for (index, byte) in name.enumerated() {
      if byte == 0 { return index > 0 ? number : nil }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), number < Int32.max / 10 - 1 else { return nil }
      number = number * 10 + Int32(byte - UInt8(ascii: "0"))
    }
    return nil
  }
}
