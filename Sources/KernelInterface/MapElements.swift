public import LinuxSystem

/// How an element is written: `BPF_ANY`, `BPF_NOEXIST`, `BPF_EXIST`.
public enum ElementUpdate: UInt64, Sendable {
  /// Whether or not the key is there.
  case any = 0
  /// Only when the key is not there.
  case onlyNew = 1
  /// Only when the key is there.
  case onlyExisting = 2
}

/// Bits beside ``ElementUpdate`` and of look-ups.
public struct ElementFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt64
  /// Any bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// `BPF_F_LOCK`: the value's `bpf_spin_lock` is held while the value is copied, so that no program sees half of it.
  ///
  /// Linux 5.1.
  public static let locked = Self(rawValue: 1 << 2)
}

/// One element at a time. Keys and values are as many bytes as the map's creation said; the value of a per-CPU map is
/// one value for every possible CPU, each rounded up to 8 bytes.
extension KernelCalls {
  /// Copies the value of `key` to `value` (`BPF_MAP_LOOKUP_ELEM`); false when there is no such key.
  public func lookUpElement(
    of map: borrowing OwnedDescriptor, key: UnsafeRawPointer?, value: UnsafeMutableRawPointer,
    _ flags: ElementFlags = []
  ) throws(SystemCallError) -> Bool {
    try found(element(.mapLookupElement, of: map, key, value, flags: flags.rawValue), .mapLookupElement)
  }

  /// Copies the value of `key` to `value` and removes it (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`; hash maps: Linux 5.14).
  public func takeElement(
    of map: borrowing OwnedDescriptor, key: UnsafeRawPointer?, value: UnsafeMutableRawPointer,
    _ flags: ElementFlags = []
  ) throws(SystemCallError) -> Bool {
    try found(
      element(.mapLookupAndDeleteElement, of: map, key, value, flags: flags.rawValue), .mapLookupAndDeleteElement)
  }

  /// Writes an element (`BPF_MAP_UPDATE_ELEM`).
  ///
  /// - Throws: `E2BIG` when the map is full; `EEXIST` or `ENOENT` when `update` does not allow it.
  public func updateElement(
    of map: borrowing OwnedDescriptor, key: UnsafeRawPointer?, value: UnsafeRawPointer, _ update: ElementUpdate = .any,
    _ flags: ElementFlags = []
  ) throws(SystemCallError) {
    let answer = element(.mapUpdateElement, of: map, key, value, flags: update.rawValue | flags.rawValue)
    try SystemCallError.check(answer, "bpf(BPF_MAP_UPDATE_ELEM)", on: "map")
  }

  /// Removes an element (`BPF_MAP_DELETE_ELEM`); false when there is no such key.
  @discardableResult
  public func deleteElement(
    of map: borrowing OwnedDescriptor, key: UnsafeRawPointer?
  ) throws(SystemCallError) -> Bool {
    try found(element(.mapDeleteElement, of: map, key, nil), .mapDeleteElement)
  }

  /// Writes the key behind `key` to `next` (`BPF_MAP_GET_NEXT_KEY`); false behind the last one.
  ///
  /// Nil asks for the first key. A key that is not there any more counts as nil in hash maps, so a walk over a map that
  /// changes may see keys again.
  public func nextKey(
    of map: borrowing OwnedDescriptor, after key: UnsafeRawPointer?, into next: UnsafeMutableRawPointer
  ) throws(SystemCallError) -> Bool {
    try found(element(.mapGetNextKey, of: map, key, next), .mapGetNextKey)
  }

  private func element(
    _ command: BPFCall, of map: borrowing OwnedDescriptor, _ key: UnsafeRawPointer?, _ value: UnsafeRawPointer?,
    flags: UInt64 = 0
  ) -> CInt {
    map.withNumber { number in
      var attribute = BPFAttribute()
      attribute.set(number, at: 0)  // map_fd
      attribute.set(key, at: 8)  // key
      attribute.set(value, at: 16)  // value, next_key
      attribute.set(flags, at: 24)  // flags
      return bpf(command, &attribute)
    }
  }

  private func found(_ answer: CInt, _ command: BPFCall) throws(SystemCallError) -> Bool {
    if answer == -SystemErrno.noSuchFileOrDirectory.rawValue { return false }
    try SystemCallError.check(answer, "bpf(\(command.name))", on: "map")
    return true
  }
}
