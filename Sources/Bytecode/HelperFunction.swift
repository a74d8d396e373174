/// A function that the kernel offers to programs by a fixed number, called as `call helper#N`.
///
///     HelperFunction.ktimeGetNs.rawValue             // 5
///     HelperFunction(name: "ktime_get_ns")           // .ktimeGetNs
///     "\(HelperFunction.ktimeGetNs)"                 // "ktime_get_ns"
///
/// A number that no table lists is kept as it is, so that programs of newer kernels can be read.
public struct HelperFunction: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The number, as in `BPF_FUNC_ktime_get_ns`.
  public var rawValue: Int32

  /// The helper of that number, known or not.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The helper called `name`, with or without `bpf_` in front.
  public init?(name: some StringProtocol) {
    let short = name.hasPrefix("bpf_") ? String(name.dropFirst(4)) : String(name)
    guard let number = Self.names.firstIndex(of: short), number > 0 else { return nil }
    self.init(rawValue: Int32(number))
  }

  /// The name without `bpf_`, or nil for a number that the table does not have.
  public var name: String? {
    guard rawValue > 0, Int(rawValue) < Self.names.count else { return nil }
    return Self.names[Int(rawValue)]
  }

  /// Every helper of the table, by number.
  public static var all: [HelperFunction] { (1..<Int32(names.count)).map { Self(rawValue: $0) } }

  /// As text, for messages and listings.
  public var description: String { name ?? "helper#\(rawValue)" }
}
