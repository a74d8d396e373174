internal import Builtin

/// A constant that the loader may set before the kernel verifies the program.
///
///     let minimumDuration = Config<UInt64>(0)          // bpf run --set minimumDuration=1000000 …
///     if duration < minimumDuration.value { return }
///
/// It lives in `.rodata`, which is frozen when the program is loaded: the verifier knows the value, and code that it
/// rules out costs nothing. The compiler knows nothing of the value, so no code is lost that another value needs.
@frozen @_rawLayout(like: T)
public struct Config<T: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  @_alwaysEmitIntoClient @_transparent
  var address: UnsafeMutablePointer<T> { .init(Builtin.addressOfRawLayout(self)) }

  /// A constant that is `value` unless the loader sets another.
  @_alwaysEmitIntoClient @_transparent
  public init(_ value: T) { address.initialize(to: value) }

  /// What the loader set, or the value that the source gives.
  #if hasFeature(Embedded)
    /// Where the value starts.
    @_alwaysEmitIntoClient public var value: T { @_transparent get { address.pointee } }
  #else
    /// Where the value starts.
    public var value: T {
      SimulatedKernel.current.constants[UInt(bitPattern: address)]?.assumingMemoryBound(to: T.self).pointee
        ?? address.pointee
    }
  #endif
}
