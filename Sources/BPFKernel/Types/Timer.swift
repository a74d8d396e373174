// swift-format-ignore-file: AlwaysUseLowerCamelCase, TypeNamesShouldBeCapitalized

/// A timer in a map value: the kernel knows the field by its type's name.
///
///     struct Tick { var timer: Timer; var count: UInt64 }
///     let ticks = ArrayMap<Tick>(count: 1)
///     …
///     if let place = ticks.pointer(at: 0), Timer.initialize(&place.pointee.timer, in: ticks) {
///       Timer.set(&place.pointee.timer) { _, _, value in …; return 0 }
///       Timer.start(&place.pointee.timer, after: 10_000_000)
///     }
///
/// The function must not capture anything. *First kernel*: 5.15; not in tracing programs.
public typealias Timer = KernelFieldTypes.bpf_timer

extension KernelFieldTypes {
  /// The type of ``Timer``, under the name by which the kernel knows it.
  @frozen
  public struct bpf_timer: BitwiseCopyable {
    @usableFromInline var words: (UInt64, UInt64)

    /// A timer that is not yet prepared.
    @_alwaysEmitIntoClient @_transparent public init() { words = (0, 0) }

    /// What the timer calls, with map, key and value; it must answer 0.
    public typealias Callback =
      @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Int32

    /// Prepares a timer of a value of `map`, by the clock that counts from the machine's start; false when it is
    /// prepared already.
    ///
    /// `bpf_timer_init`.
    @_alwaysEmitIntoClient @inline(__always)
    public static func initialize(_ timer: UnsafeMutablePointer<Timer>, in map: borrowing some KernelMap & ~Copyable)
      -> Bool
    {
      bpf_timer_init(timer, map.raw, 1) == 0
    }

    /// Sets what the timer calls.
    ///
    /// `bpf_timer_set_callback`.
    @_alwaysEmitIntoClient @inline(__always) @discardableResult
    public static func set(_ timer: UnsafeMutablePointer<Timer>, _ callback: Callback) -> Bool {
      bpf_timer_set_callback(timer, unsafeBitCast(callback, to: UnsafeRawPointer.self)) == 0
    }

    /// Has the timer call its function in so many nanoseconds, once.
    ///
    /// `bpf_timer_start`.
    @_alwaysEmitIntoClient @inline(__always) @discardableResult
    public static func start(_ timer: UnsafeMutablePointer<Timer>, after nanoseconds: UInt64) -> Bool {
      bpf_timer_start(timer, nanoseconds, 0) == 0
    }

    /// Stops the timer; true when it was running.
    ///
    /// `bpf_timer_cancel`.
    @_alwaysEmitIntoClient @inline(__always) @discardableResult
    public static func cancel(_ timer: UnsafeMutablePointer<Timer>) -> Bool { bpf_timer_cancel(timer) == 1 }
  }
}
