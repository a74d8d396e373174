public import ELF
public import LinuxSystem

/// An open file of which parts are read when they are wanted.
///
/// Unlike a mapping it cannot be hurt by somebody who shortens the file meanwhile: such a part is simply not there.
public final class OpenFile: ByteSource {
  /// Parts bigger than this are refused: they would only be read because a damaged file asks for them.
  static let largestPart = 1 << 30

  /// Which file it is and when it was written last.
  public struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: UInt64
    let modified: Int64

    init(_ status: FileStatus) {
      device = status.device
      inode = status.inode
      size = status.size
      modified = status.modified
    }
  }

  /// The path by which it was opened.
  public let path: String
  /// Which file it is.
  public let identity: Identity
  /// Its size in bytes when it was opened.
  public let count: Int

  private let descriptor: OwnedDescriptor
  private let base: UInt64

  /// Opens a regular file.
  ///
  /// - Throws: the system call that failed; `EINVAL` for what is no regular file.
  public init(_ path: String) throws(SystemCallError) {
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    let descriptor = try FileSystem.open(path, .readWithoutBlocking)
    let status = try FileStatus(of: descriptor)
    guard status.kind == .regular, let count = Int(exactly: status.size) else {
      throw SystemCallError(call: "open", subject: path, errno: .invalidArgument)
    }
    self.path = path
    self.identity = Identity(status)
    self.count = count
    self.descriptor = descriptor
    self.base = 0
  }

  /// Opens a part of a process's memory.
  init(memoryOf process: Int32, at addresses: Range<UInt64>) throws(SystemCallError) {
    path = "/proc/\(process)/mem"
    let descriptor = try FileSystem.open(path)
    identity = Identity(try FileStatus(of: descriptor))
    count = Int(clamping: addresses.upperBound - addresses.lowerBound)
    base = addresses.lowerBound
    self.descriptor = descriptor
  }

  /// The `count` bytes from `offset` on, read into memory of their own; nil when they are not all there.
  public func part(at offset: Int, count: Int) -> ByteRegion? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset, count <= Self.largestPart,
      !base.addingReportingOverflow(UInt64(offset)).overflow
    else { return nil }
    var complete = false
    let region = try? ByteRegion(count: count) { buffer throws(SystemCallError) in
      complete = try descriptor.read(into: buffer, at: base &+ UInt64(offset), subject: path) == count
    }
    return complete ? region : nil
  }
}
