// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// What a loop calls, with the round, from 0 up, and its state: 0 to go on, 1 to stop.
public typealias LoopBody = @convention(c) (UInt64, UnsafeMutableRawPointer) -> Int

/// Calls `body` up to `count` times, or until it answers 1; how often it was called.
///
///     var sum: UInt64 = 0
///     loop(1000, &sum) { round, state in state.assumingMemoryBound(to: UInt64.self).pointee &+= round; return 0 }
///
/// The verifier looks at `body` once, whatever the count. It must not capture anything: what it changes is `state`. A check
/// that fails in it ends the loop and the program.
/// `bpf_loop`. *First kernel*: 5.17; a Swift `for` over a constant range works on every kernel.
@_alwaysEmitIntoClient @inline(__always) @discardableResult
public func loop(_ count: UInt32, _ state: UnsafeMutableRawPointer, _ body: LoopBody) -> Int {
  #if hasFeature(Embedded)
    Int(truncatingIfNeeded: swift_bpf_loop(word(count), body, state, 0))
  #else
    bpf_loop(count, unsafeBitCast(body, to: UnsafeRawPointer.self), state, 0)
  #endif
}

#if hasFeature(Embedded)
  // Calls of helpers that call back: `bpf build` sees to it that a failed check in the function ends the program.
  @_extern(c, "swift_bpf_loop") @usableFromInline
  func swift_bpf_loop(_ count: UInt64, _ body: LoopBody, _ state: UnsafeMutableRawPointer, _ flags: UInt64) -> UInt64

  @_extern(c, "swift_bpf_for_each_map_elem") @usableFromInline
  func swift_bpf_for_each_map_elem(
    _ map: UnsafeMutableRawPointer, _ body: ElementBody, _ state: UnsafeMutableRawPointer, _ flags: UInt64
  ) -> UInt64
#endif

/// What is called for each element, with map, key, value and state: 0 to go on, 1 to stop.
public typealias ElementBody =
  @convention(c) (
    UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafeMutableRawPointer
  ) -> Int

extension KeyedMap where Self: ~Copyable {
  /// Calls `body` for each element, or until it answers 1; how often it was called, or a negative error number.
  ///
  /// It must not capture anything: what it changes is `state`. A check that fails in it ends the walk and the program.
  /// `bpf_for_each_map_elem`. *First kernel*: 5.13.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func forEach(_ state: UnsafeMutableRawPointer, _ body: ElementBody) -> Int {
    #if hasFeature(Embedded)
      Int(truncatingIfNeeded: swift_bpf_for_each_map_elem(raw, body, state, 0))
    #else
      bpf_for_each_map_elem(raw, unsafeBitCast(body, to: UnsafeRawPointer.self), state, 0)
    #endif
  }
}
