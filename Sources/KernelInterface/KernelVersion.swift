public import LinuxSystem

/// A kernel's version by its three numbers.
///
/// For messages. What a kernel can do is found out by trying (``KernelFeatures``): distributions take features back and
/// leave them out.
public struct KernelVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first number.
  public var major: Int
  /// The second number.
  public var minor: Int
  /// The third number; 0 where the release does not say.
  public var patch: Int

  /// A version from its numbers.
  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads the beginning of a release such as "6.18.44-amd64" or "5.15-rc1"; nil when it has no two numbers there.
  public init?(release: some StringProtocol) {
    var numbers: [Int] = []
    for part in release.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false) {
      let digits = part.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits) else { break }
      numbers.append(number)
      if digits.count < part.count { break }
    }
    guard numbers.count >= 2 else { return nil }
    self.init(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0)
  }

  /// The running kernel's version.
  ///
  /// Ubuntu's releases carry a patch number of their own; `/proc/version_signature` has the kernel's.
  public static func running(_ kernel: some KernelCalls) throws(SystemCallError) -> KernelVersion {
    let signature = (try? kernel.text(of: "/proc/version_signature"))?.split(whereSeparator: \.isWhitespace) ?? []
    if signature.count >= 3, let version = KernelVersion(release: signature[2]) { return version }
    let release = try SystemName.current().release
    guard let version = KernelVersion(release: release) else {
      throw SystemCallError(call: "uname", subject: release, errno: .invalidArgument)
    }
    return version
  }

  /// By the numbers, the first one first.
  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// "6.18.44".
  public var description: String { "\(major).\(minor).\(patch)" }
}
