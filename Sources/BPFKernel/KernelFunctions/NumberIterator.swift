/// Calls `body` with each number of the range, until it answers false.
///
///     var longest: UInt32 = 0
///     forEachNumber(in: 0..<count.value) { index in
///       longest = max(longest, lengths[UInt32(truncatingIfNeeded: index)])
///       return true
///     }
///
/// The verifier looks at `body` a few times, whatever the numbers; they need not be constants. Unlike the function of
/// ``loop(_:_:_:)`` the body may use what is around it. Nothing in it may fail a check, for the walk must be ended: use
/// `&+`. Ranges of more than 8388608 numbers are not walked at all.
///
/// `bpf_iter_num_new`, `bpf_iter_num_next` and `bpf_iter_num_destroy`. *First kernel*: 6.4.
@_alwaysEmitIntoClient @inline(__always)
public func forEachNumber(in range: Range<Int32>, _ body: (Int32) -> Bool) {
  withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1) { memory in
    let iterator = UnsafeMutableRawPointer(memory.baseAddress.unsafelyUnwrapped)
    bpf_iter_num_new(iterator, range.lowerBound, range.upperBound)
    while let number = bpf_iter_num_next(iterator) {
      if !body(number.pointee) { break }
    }
    bpf_iter_num_destroy(iterator)
  }
}
