/// A set of CPUs as sysfs writes it: "0-3,8,10-11".
public struct CPUList: Hashable, Sendable {
  /// The CPU numbers, ascending.
  public let cpus: [Int]

  /// More CPUs than any kernel can be built for; a longer list is not one.
  static let limit = 1 << 16

  /// Nil when the text is not such a list.
  public init?(_ text: some StringProtocol) {
    var found: Set<Int> = []
    for range in text.filter({ !$0.isWhitespace }).split(separator: ",", omittingEmptySubsequences: true) {
      let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { Int(String($0)) }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first >= 0, first <= last,
        last < Self.limit
      else { return nil }
      found.formUnion(Array(first...last))
    }
    cpus = found.sorted()
  }

  /// The CPUs that run now.
  public static func online() throws(SystemCallError) -> CPUList { try read("/sys/devices/system/cpu/online") }

  /// The CPUs that may ever run; a per-CPU map has as many values for each key, in this order.
  public static func possible() throws(SystemCallError) -> CPUList { try read("/sys/devices/system/cpu/possible") }

  private static func read(_ path: String) throws(SystemCallError) -> CPUList {
    guard let list = CPUList(try FileSystem.text(of: path)), !list.cpus.isEmpty else {
      throw SystemCallError(call: "read", subject: path, errno: .invalidArgument)
    }
    return list
  }
}
