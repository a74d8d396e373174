/// A version of the instruction set, as clang's `-mcpu` counts them.
public enum InstructionSet: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The first one.
  case v1
  /// Signed and unsigned comparisons below. *First kernel*: 4.14.
  case v2
  /// 32-bit comparisons and atomics that answer. *First kernel*: 5.12.
  case v3
  /// Signed division and loads, byte swaps, long jumps. *First kernel*: 6.6.
  case v4

  /// Whether one has less than the other.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
