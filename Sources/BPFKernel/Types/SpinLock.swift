// swift-format-ignore-file: AlwaysUseLowerCamelCase, TypeNamesShouldBeCapitalized

/// A lock in a map value: the kernel knows the field by its type's name.
///
///     struct Shared { var lock: SpinLock; var calls: UInt32; var bytes: UInt64 }
///     let shared = ArrayMap<Shared>(count: 1)
///     …
///     if let place = shared.pointer(at: 0) {
///       SpinLock.hold(&place.pointee.lock) { place.pointee.calls &+= 1; place.pointee.bytes &+= length }
///     }
///
/// While it is held, no helper may be called and nothing may fail a check. *First kernel*: 5.1; not in tracing programs.
public typealias SpinLock = KernelFieldTypes.bpf_spin_lock

extension KernelFieldTypes {
  /// The type of ``SpinLock``, under the name by which the kernel knows it.
  @frozen
  public struct bpf_spin_lock: BitwiseCopyable {
    @usableFromInline var value: UInt32

    /// A lock that nobody holds.
    @_alwaysEmitIntoClient @_transparent public init() { value = 0 }

    /// Runs `body` with the lock held.
    ///
    /// `bpf_spin_lock` and `bpf_spin_unlock`.
    @_alwaysEmitIntoClient @inline(__always)
    public static func hold<R>(_ lock: UnsafeMutablePointer<SpinLock>, _ body: () -> R) -> R {
      BPFKernel.bpf_spin_lock(lock)
      let result = body()
      bpf_spin_unlock(lock)
      return result
    }
  }
}
