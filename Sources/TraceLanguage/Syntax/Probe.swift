public import Diagnostics

/// Attach points, a predicate and what happens there: `kprobe:f,kprobe:g /pid == 1/ { … }`.
public struct Probe: Sendable {
  /// Where it attaches; at least one.
  public var attachPoints: [AttachPoint]
  /// The condition between slashes.
  public var predicate: Expression?
  /// What happens.
  public var body: Block
  /// From the first attach point to the closing brace.
  public var span: SourceSpan
}
