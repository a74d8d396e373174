import ELF
import LinuxSystem
import Symbols
import Testing

@Suite struct LibraryCacheTests {
  /// A cache of libraries given as flags, name and path.
  static func cache(_ libraries: [(UInt32, String, String)], behindOldTable: Bool = false) -> [UInt8] {
    func bytes(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
    var strings: [UInt8] = []
    var entries: [UInt8] = []
    let stringStart = UInt32(48 + libraries.count * 24)
    for (flags, name, path) in libraries {
      entries += bytes(flags) + bytes(stringStart + UInt32(strings.count))
      strings += Array(name.utf8) + [0]
      entries += bytes(stringStart + UInt32(strings.count)) + Array(repeating: 0, count: 12)
      strings += Array(path.utf8) + [0]
    }
    let header =
      Array("glibc-ld.so.cache1.1".utf8) + bytes(UInt32(libraries.count)) + bytes(UInt32(strings.count))
      + Array(repeating: 0, count: 20)
    let old =
      behindOldTable ? Array("ld.so-1.7.0\0".utf8) + bytes(1) + Array(repeating: 7, count: 12) + [0, 0, 0, 0] : []
    return old + header + entries + strings
  }

  static let flags: UInt32 = {
    #if arch(arm64)
      return 0x0a03
    #else
      return 0x0303
    #endif
  }()

  @Test(arguments: [false, true])
  func findsLibraries(behindOldTable: Bool) throws {
    let bytes = Self.cache(
      [
        (0x0003, "libc.so.6", "/lib32/libc.so.6"), (Self.flags, "libc.so.6", "/lib64/libc.so.6"),
        (Self.flags, "libcrypto.so.3", "/lib64/libcrypto.so.3"),
      ], behindOldTable: behindOldTable)
    let cache = try #require(LibraryCache(ByteRegion(bytes)))
    #expect(cache.libraries.count == 3)
    for name in ["c", "libc", "libc.so.6"] {
      #expect(cache.paths(of: name) == ["/lib64/libc.so.6", "/lib32/libc.so.6"])
    }
    #expect(cache.paths(of: "crypto") == ["/lib64/libcrypto.so.3"])
    #expect(cache.paths(of: "libcryp").isEmpty)
    #expect(cache.paths(of: "").isEmpty)
  }

  @Test func refusesDamage() {
    #expect(LibraryCache(ByteRegion([])) == nil)
    #expect(LibraryCache(ByteRegion("ld.so-1.7.0\0\u{7f}\u{7f}\u{7f}\u{7f}".utf8)) == nil)
    let whole = Self.cache([(Self.flags, "libc.so.6", "/lib64/libc.so.6")])
    for length in 24..<whole.count {
      #expect(LibraryCache(ByteRegion(whole[..<length]))?.libraries.isEmpty == true)
    }
  }
}
