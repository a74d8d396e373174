internal import LinuxSystem

/// A name for something in the cache that is made of what it depends on.
struct CacheKey: Hashable, Sendable, CustomStringConvertible {
  private var first: UInt64 = 0xcbf2_9ce4_8422_2325
  private var second: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The key of these texts in this order (FNV-1a, once forwards and once with another start and step).
  init(_ texts: [String]) {
    for text in texts {
      for byte in text.utf8 { add(byte) }
      add(0)
    }
  }

  private mutating func add(_ byte: UInt8) {
    first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
    second = (second ^ UInt64(byte) ^ (second >> 29)) &* 0xff51_afd7_ed55_8ccd
  }

  var description: String { Self.digits(first) + Self.digits(second) }

  private static func digits(_ number: UInt64) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

/// The folder where compiled forms are kept from one build to the next.
///
/// Everything in it can be deleted at any time. What is put there appears in one step, so that several builds can do so
/// at once.
public struct CacheFolder: Hashable, Sendable {
  /// Its path.
  public var path: String

  /// A cache in this folder, which need not be there yet.
  public init(_ path: String) { self.path = path }

  /// `$XDG_CACHE_HOME/swift-bpf`, or `~/.cache/swift-bpf`; nil for a user without either.
  public static var standard: CacheFolder? {
    for (variable, suffix) in [("XDG_CACHE_HOME", ""), ("HOME", "/.cache")] {
      if let value = Environment.value(of: variable), value.hasPrefix("/") {
        return CacheFolder("\(value)\(suffix)/swift-bpf")
      }
    }
    return nil
  }

  /// What is kept under a name; nil when nothing is.
  func contents(of name: String) -> [UInt8]? { try? FileSystem.contents(of: "\(path)/\(name)") }

  /// Keeps bytes under a name.
  func write(_ bytes: [UInt8], to name: String) throws(SystemCallError) {
    let target = "\(path)/\(name)"
    try FileSystem.makeFolders(String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)]))
    let draft = "\(target).\(Self.draftName())"
    do throws(SystemCallError) {
      try FileSystem.write(bytes, to: draft)
      try FileSystem.rename(draft, to: target)
    } catch {
      try? FileSystem.remove(draft)
      throw error
    }
  }

  /// A name that no other build uses.
  static func draftName() -> String {
    "\(CurrentProcess.id).\(SystemClock.monotonic.nanoseconds).\(UInt32.random(in: 0...UInt32.max))"
  }
}
