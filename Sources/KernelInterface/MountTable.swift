/// The mounts that this process sees: `/proc/self/mountinfo`.
///
/// A line: number, parent, device, root, mount point, options, any number of tags, "-", type, source, options.
/// Source: `Documentation/filesystems/proc.rst`, section 3.5.
public struct MountTable: Hashable, Sendable {
  /// One mount.
  public struct Mount: Hashable, Sendable {
    /// What of the file system is mounted; "/" for all of it.
    public var root: String
    /// Where.
    public var point: String
    /// The file system's type.
    public var type: String
  }

  /// In the kernel's order: later ones may cover earlier ones.
  public let mounts: [Mount]

  /// Lines of another form are left out.
  public init(mountinfo: [UInt8]) {
    mounts = mountinfo.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let fields = line.split(separator: UInt8(ascii: " "))
      guard fields.count > 6, let separator = fields[6...].firstIndex(where: { $0.elementsEqual([UInt8(ascii: "-")]) }),
        separator + 1 < fields.count
      else { return nil }
      return Mount(
        root: Self.text(fields[3]), point: Self.text(fields[4]), type: Self.text(fields[separator + 1]))
    }
  }

  /// Where file systems of a type are mounted as a whole.
  public func points(of type: String) -> [String] {
    mounts.filter { $0.type == type && $0.root == "/" }.map(\.point)
  }

  /// Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits.
  private static func text(_ field: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
