public import LinuxSystem

/// What a batch call brought.
public struct MapBatch: Hashable, Sendable {
  /// Elements copied.
  public var count: Int
  /// Nothing is behind them.
  public var isLast: Bool
}

/// Many elements with one call. Linux 5.6 for hash and array maps.
extension KernelCalls {
  /// Copies up to `capacity` elements and, when asked, removes them (`BPF_MAP_LOOKUP_BATCH`,
  /// `BPF_MAP_LOOKUP_AND_DELETE_BATCH`).
  ///
  /// `position` is at least as many bytes as a key and no fewer than 4; it is not read when `isFirst`, and then holds
  /// where to go on.
  ///
  /// - Throws: `ENOSPC` when a hash map's bucket holds more than `capacity` elements, for a bucket is copied as a whole;
  ///   `EINVAL` or `ENOTSUPP` where the kernel or the type of map has no batches; `EINTR` when elements went while they
  ///   were looked up, before any was copied.
  public func copyBatch(
    of map: borrowing OwnedDescriptor, removing: Bool = false, isFirst: Bool, position: UnsafeMutableRawPointer,
    keys: UnsafeMutableRawPointer, values: UnsafeMutableRawPointer, capacity: Int
  ) throws(SystemCallError) -> MapBatch {
    var attribute = BPFAttribute()
    if !isFirst { attribute.set(UnsafeRawPointer(position), at: 0) }  // batch.in_batch
    attribute.set(UnsafeRawPointer(position), at: 8)  // batch.out_batch
    attribute.set(UnsafeRawPointer(keys), at: 16)  // batch.keys
    attribute.set(UnsafeRawPointer(values), at: 24)  // batch.values
    attribute.set(UInt32(clamping: capacity), at: 32)  // batch.count
    let command: BPFCall = removing ? .mapLookupAndDeleteBatch : .mapLookupBatch
    let answer = map.withNumber { number in
      attribute.set(number, at: 36)  // batch.map_fd
      return bpf(command, &attribute)
    }
    // The kernel answers ENOENT when the end has been reached, elements or not.
    let isLast = answer == -SystemErrno.noSuchFileOrDirectory.rawValue
    let count = Int(attribute.get(UInt32.self, at: 32))
    // Types without a copying of their own give up when keys go under them, with what they have
    // (`generic_map_lookup_batch` in kernel/bpf/syscall.c up to 6.13).
    let isPart = answer == -SystemErrno.interrupted.rawValue && count > 0
    if !isLast, !isPart { try SystemCallError.check(answer, "bpf(\(command.name))", on: "map") }
    return MapBatch(count: min(count, capacity), isLast: isLast)
  }

  /// Writes `count` elements in their order (`BPF_MAP_UPDATE_BATCH`); answers how many were written before it failed,
  /// and why.
  ///
  /// `EINVAL` or `ENOTSUPP` with none written: this kernel or this type of map has no batches.
  public func updateBatch(
    of map: borrowing OwnedDescriptor, keys: UnsafeRawPointer, values: UnsafeRawPointer, count: Int,
    _ update: ElementUpdate = .any, _ flags: ElementFlags = []
  ) -> (done: Int, error: SystemCallError?) {
    writeBatch(.mapUpdateBatch, map, keys, values, count, update.rawValue | flags.rawValue)
  }

  /// Removes `count` keys in their order (`BPF_MAP_DELETE_BATCH`); answers how many were removed before it failed, and
  /// why: `ENOENT` for a key that is not there.
  public func deleteBatch(
    of map: borrowing OwnedDescriptor, keys: UnsafeRawPointer, count: Int
  ) -> (done: Int, error: SystemCallError?) {
    writeBatch(.mapDeleteBatch, map, keys, nil, count, 0)
  }

  private func writeBatch(
    _ command: BPFCall, _ map: borrowing OwnedDescriptor, _ keys: UnsafeRawPointer, _ values: UnsafeRawPointer?,
    _ count: Int, _ elementFlags: UInt64
  ) -> (done: Int, error: SystemCallError?) {
    var attribute = BPFAttribute()
    attribute.set(keys, at: 16)  // batch.keys
    attribute.set(values, at: 24)  // batch.values
    attribute.set(UInt32(clamping: count), at: 32)  // batch.count
    attribute.set(elementFlags, at: 40)  // batch.elem_flags
    let answer = map.withNumber { number in
      attribute.set(number, at: 36)  // batch.map_fd
      return bpf(command, &attribute)
    }
    if answer >= 0 { return (count, nil) }
    let error = SystemCallError(
      call: "bpf(\(command.name))", subject: "map", errno: SystemErrno(rawValue: 0 &- answer))
    // A call that was refused as a whole leaves the count as it was.
    let done = Int(attribute.get(UInt32.self, at: 32))
    return (done < count ? done : 0, error)
  }
}
