/// Bytes that can be had in parts: all of them in memory, or a file of which only the wanted parts are read.
///
/// A file that others may cut short while it is read should not be mapped (touching a page behind its end kills the
/// process); a source that reads parts on demand cannot be hurt by that.
public protocol ByteSource: Sendable {
  /// The number of bytes.
  var count: Int { get }

  /// The `count` bytes from `offset` on, or nil when they are not all there.
  func part(at offset: Int, count: Int) -> ByteRegion?
}

extension ByteSource {
  /// The `count` bytes from `offset` on, where both were read from a file; nil when they are not all there.
  public func part(at offset: UInt64, count: UInt64) -> ByteRegion? {
    guard let offset = Int(exactly: offset), let count = Int(exactly: count) else { return nil }
    return part(at: offset, count: count)
  }
}
