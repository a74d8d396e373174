#if !hasFeature(Embedded)
  /// A timer of a map value in a simulated kernel.
  struct SimulatedTimer {
    /// The map that has the value.
    var map: UInt
    /// When it calls, or nil while it does not run.
    var end: UInt64?
    /// What it calls.
    var callback: UInt?

    /// Calls the function of the timer that is at the start of the value at `address`.
    func call(_ address: UInt) {
      guard let callback, let value = UnsafeMutableRawPointer(bitPattern: address),
        let map = UnsafeMutableRawPointer(bitPattern: map)
      else { return }
      var key: UInt32 = 0
      _ = unsafeBitCast(callback, to: Timer.Callback.self)(map, &key, value)
    }
  }
#endif
