/// One of the machine's eleven 64-bit registers.
///
/// r0 takes results, r1 to r5 take arguments and are lost in calls, r6 to r9 survive calls, r10 is the read-only frame
/// pointer (RFC 9669, section 2).
public enum Register: UInt8, CaseIterable, Comparable, Sendable, CustomStringConvertible {
  case r0, r1, r2, r3, r4, r5, r6, r7, r8, r9
  /// The frame pointer: the stack lies below it.
  case r10

  /// As the kernel writes it: `r7`.
  public var description: String { "r\(rawValue)" }

  /// The registers that take a call's arguments, in order.
  public static let arguments: [Register] = [.r1, .r2, .r3, .r4, .r5]

  /// By number.
  public static func < (left: Register, right: Register) -> Bool { left.rawValue < right.rawValue }
}
