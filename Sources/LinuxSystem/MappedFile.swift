internal import CLinux
internal import Glibc

/// The bytes of a file, mapped read-only where the kernel can and read into memory where it cannot.
///
/// Files of sysfs such as `/sys/kernel/btf/vmlinux` can be mapped since Linux 6.16; before, `mmap(2)` answers ENODEV
/// and the file is read. Changing a mapped file under us is visible, and shortening it makes reads beyond its new end
/// fault, so what is mapped should be files that are replaced, not rewritten.
public final class MappedFile: @unchecked Sendable {
  // Sendable: the bytes are never written to through this object and live until it goes.

  /// The contents; valid as long as this object lives.
  public let bytes: UnsafeRawBufferPointer
  /// Whether the kernel mapped the file, as against its having been read.
  public let isMapped: Bool

  /// Maps the file at `path`.
  public convenience init(_ path: String) throws(SystemCallError) {
    try self.init(FileSystem.open(path), subject: path)
  }

  /// Maps an open file, whose descriptor is not needed any more afterwards.
  public init(_ file: borrowing OwnedDescriptor, subject: String) throws(SystemCallError) {
    let status = try FileStatus(of: file)
    if let size = Int(exactly: status.size), size > 0 {
      var address: UnsafeMutableRawPointer?
      let answer = file.withNumber { clinux_mmap(&address, size, PROT_READ, MAP_PRIVATE, $0, 0) }
      if answer == 0 {
        bytes = UnsafeRawBufferPointer(start: address, count: size)
        isMapped = true
        return
      }
    }
    let contents = try file.readToEnd(subject: subject)
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 16)
    copy.copyBytes(from: contents)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  deinit {
    if isMapped {
      _ = clinux_munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }
}
