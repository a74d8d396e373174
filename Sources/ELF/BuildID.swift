/// What the linker computed from a file's contents to tell it from every other file, usually 20 bytes.
public struct BuildID: Hashable, Sendable, CustomStringConvertible {
  /// The bytes, in the file's order.
  public let bytes: [UInt8]

  /// A build id of these bytes.
  public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// Lower-case hexadecimal digits, two for a byte.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xf)]] }, as: UTF8.self)
  }

  /// Where a debug file of this id lies below a directory such as /usr/lib/debug: `.build-id/ab/cdef….debug`.
  public var debugFilePath: String? {
    guard bytes.count > 1 else { return nil }
    let digits = description
    return ".build-id/\(digits.prefix(2))/\(digits.dropFirst(2)).debug"
  }
}

extension ELFFile {
  /// The file's build id (note `NT_GNU_BUILD_ID`), or nil when the linker left none.
  public var buildID: BuildID? {
    guard let note = notes().first(where: { $0.name == "GNU" && $0.type == 3 && !$0.descriptor.isEmpty }) else {
      return nil
    }
    return note.descriptor.withUnsafeBytes { BuildID($0) }
  }
}
