/// Reads a value of the kernel's memory, zeros where it cannot be read.
///
/// `bpf_probe_read_kernel`.
///
///     let parent = read(&task.pointee.real_parent)
///
/// A program that is handed typed pointers (BTF tracepoints, fentry, iterators, LSM) reads their fields without it.
@_alwaysEmitIntoClient @inline(__always)
public func read<T: BitwiseCopyable>(_ field: UnsafePointer<T>) -> T {
  withUnsafeTemporaryAllocation(of: T.self, capacity: 1) { memory in
    let place = memory.baseAddress.unsafelyUnwrapped
    bpf_probe_read_kernel(place, UInt32(truncatingIfNeeded: MemoryLayout<T>.size), field)
    return place.pointee
  }
}

/// Reads a value of the present process's memory, zeros where it cannot be read.
///
/// `bpf_probe_read_user`.
@_alwaysEmitIntoClient @inline(__always)
public func readUser<T: BitwiseCopyable>(_ place: UnsafePointer<T>?) -> T {
  withUnsafeTemporaryAllocation(of: T.self, capacity: 1) { memory in
    let copy = memory.baseAddress.unsafelyUnwrapped
    bpf_probe_read_user(copy, UInt32(truncatingIfNeeded: MemoryLayout<T>.size), place)
    return copy.pointee
  }
}
