/// The name of the file that holds this file's debug information, and a checksum of that file.
public struct DebugLink: Hashable, Sendable {
  /// The name, without a folder.
  public let fileName: String
  /// The CRC-32 of the whole debug file.
  public let checksum: UInt32

  /// The checksum of a debug file, to compare with ``checksum``: the CRC-32 that zip and Ethernet use.
  ///
  /// - Complexity: O(*n*) in the size of the file.
  public static func checksum(of region: ByteRegion) -> UInt32 {
    region.withUnsafeBytes { bytes in
      ~bytes.reduce(UInt32.max) { sum, byte in
        (sum >> 8) ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
      }
    }
  }

  /// The remainders of all single bytes for the reflected polynomial 0xedb88320.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xedb8_8320 }
  }
}

extension ELFFile {
  /// What the section `.gnu_debuglink` says: a name with its NUL, padded to four bytes, then the checksum.
  public var debugLink: DebugLink? {
    guard let section = section(named: ".gnu_debuglink"), let contents = try? contents(of: section),
      let name = contents.cString(at: 0), !name.isEmpty,
      let checksum = contents.integer(at: (name.count + 4) / 4 * 4, as: UInt32.self, order: byteOrder)
    else { return nil }
    return DebugLink(fileName: name.text, checksum: checksum)
  }

  /// Whether the file carries more symbols in a compressed file of its own (`.gnu_debugdata`, xz).
  public var hasMiniDebugInfo: Bool { section(named: ".gnu_debugdata") != nil }
}
