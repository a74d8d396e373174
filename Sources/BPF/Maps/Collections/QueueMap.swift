public import KernelInterface
internal import LinuxSystem

/// A queue or a stack of values, which programs and user space push and pop.
///
///     let jobs = try QueueMap<UInt32>(name: "jobs", maxEntries: 64)
///     try jobs.push(7)
///     try jobs.pop()    // 7
///
/// `BPF_MAP_TYPE_QUEUE`: first in, first out; `BPF_MAP_TYPE_STACK`: last in, first out. *First kernel*: 4.20.
public struct QueueMap<Value: BitwiseCopyable>: TypedMap {
  /// The map itself.
  public let map: Map
  private let layout: ByteLayout<Value>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.queue, .stack])
    layout = try map.valueLayout(Value.self)
    self.map = map
  }

  /// Creates an empty queue, or a stack when the last in is to be the first out.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, maxEntries: Int, isStack: Bool = false, flags: MapCreation.Flags = [],
    kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: isStack ? .stack : .queue, keySize: 0, valueSize: MemoryLayout<Value>.stride,
          maxEntries: maxEntries, flags: flags),
        kernel: kernel))
  }

  /// Adds a value; when the map is full, the oldest one goes if `replacingOldest` says so.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `E2BIG` when the map is full.
  public func push(_ value: Value, replacingOldest: Bool = false) throws(BPFError) {
    try map.withoutKey { () throws(SystemCallError) in
      try layout.withBytes(of: value) { bytes throws(SystemCallError) in
        try map.kernel.updateElement(
          of: map.descriptor, key: nil, value: bytes, replacingOldest ? .onlyExisting : .any)
      }
    }
  }

  /// Removes the next value and answers it, nil when there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func pop() throws(BPFError) -> Value? {
    try read { value throws(SystemCallError) in
      try map.kernel.takeElement(of: map.descriptor, key: nil, value: value)
    }
  }

  /// The next value, which stays; nil when there is none.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func peek() throws(BPFError) -> Value? {
    try read { value throws(SystemCallError) in
      try map.kernel.lookUpElement(of: map.descriptor, key: nil, value: value)
    }
  }

  private func read(
    _ body: (UnsafeMutableRawPointer) throws(SystemCallError) -> Bool
  ) throws(BPFError) -> Value? {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: layout.byteCount, alignment: 16)
    defer { bytes.deallocate() }
    let isFound = try map.withoutKey { () throws(SystemCallError) in try body(bytes) }
    return isFound ? layout.read(from: bytes) : nil
  }
}

extension Map {
  /// Runs a call on an element that has no key.
  func withoutKey<R>(_ body: () throws(SystemCallError) -> R) throws(BPFError) -> R {
    do throws(SystemCallError) { return try body() } catch { throw elementError(error, key: nil) }
  }
}
