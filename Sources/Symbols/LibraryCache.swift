public import ELF

/// Where the dynamic linker finds libraries: the file /etc/ld.so.cache.
///
/// Format "glibc-ld.so.cache1.1", possibly behind an older table: a header of 48 bytes, then entries of 24 bytes with the
/// offsets of a library's name and path (glibc's `sysdeps/generic/dl-cache.h`). Other C libraries have no such file.
public struct LibraryCache: Sendable {
  /// A library that the cache knows.
  public struct Library: Hashable, Sendable {
    /// The name by which programs ask for it, such as "libc.so.6".
    public let name: String
    /// Where it lies.
    public let path: String
    /// Whether it is for the processor and the word size of this program.
    public let isNative: Bool
  }

  /// The libraries in the file's order, in which newer versions come first.
  public let libraries: [Library]

  /// The low byte of an entry's flags says that it is for glibc's ELF loader, the next one for which processor.
  private static let nativeFlags: UInt32? = {
    #if arch(x86_64)
      return 0x0303
    #elseif arch(arm64)
      return 0x0a03
    #elseif arch(riscv64)
      return 0x1003
    #else
      return nil
    #endif
  }()

  /// Reads the bytes of the file; nil when they are none of its format.
  public init?(_ bytes: ByteRegion) {
    guard let start = Self.start(in: bytes), let cache = bytes.part(at: start, count: bytes.count - start),
      let count = cache.integer(at: 20, as: UInt32.self, order: .host)
    else { return nil }
    var libraries: [Library] = []
    for index in 0..<Int(count) {
      let entry = 48 + index * 24
      guard let flags = cache.integer(at: entry, as: UInt32.self, order: .host),
        let name = cache.integer(at: entry + 4, as: UInt32.self, order: .host),
        let path = cache.integer(at: entry + 8, as: UInt32.self, order: .host),
        let nameText = cache.string(at: Int(name)), let pathText = cache.string(at: Int(path))
      else { break }
      libraries.append(
        Library(name: nameText, path: pathText, isNative: Self.nativeFlags.map { flags & 0xffff == $0 } ?? true))
    }
    self.libraries = libraries
  }

  /// The paths of the libraries that a short name means, native ones first: `c`, `libc`, `libc.so.6`.
  public func paths(of name: String) -> [String] {
    let matching = libraries.filter { LibraryName(name).matches($0.name) }
    return (matching.filter(\.isNative) + matching.filter { !$0.isNative }).map(\.path)
  }

  private static func start(in bytes: ByteRegion) -> Int? {
    let magic = Array("glibc-ld.so.cache1.1".utf8)
    let oldMagic = Array("ld.so-1.7.0".utf8)
    if bytes.part(at: 0, count: magic.count) == ByteRegion(magic) { return 0 }
    guard bytes.part(at: 0, count: oldMagic.count) == ByteRegion(oldMagic),
      let count = bytes.integer(at: 12, as: UInt32.self, order: .host)
    else { return nil }
    let start = (16 + Int(count) * 12 + 7) / 8 * 8
    return bytes.part(at: start, count: magic.count) == ByteRegion(magic) ? start : nil
  }
}

/// A library's name as users shorten it.
struct LibraryName {
  private let exact: String
  private let stem: String

  init(_ name: String) {
    exact = name
    stem = (name.hasPrefix("lib") ? name : "lib" + name) + ".so"
  }

  /// Whether a file of that name is meant: it is the name itself, or `lib`, the name, `.so` and perhaps a version.
  func matches(_ fileName: some StringProtocol) -> Bool {
    if fileName == exact { return true }
    guard fileName.hasPrefix(stem) else { return false }
    let rest = fileName.dropFirst(stem.count)
    return rest.isEmpty || rest.first == "."
  }
}
