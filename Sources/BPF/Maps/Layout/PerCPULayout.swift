/// How the values of all CPUs lie behind one key: in steps of a multiple of 8 bytes, in the order of the possible CPUs.
///
/// Source: `bpf_percpu_hash_copy` in `kernel/bpf/hashtab.c`.
public struct PerCPULayout<T: BitwiseCopyable>: ValueCoding {
  /// How one CPU's value lies.
  public let element: ByteLayout<T>
  /// How many CPUs there may be.
  public let cpuCount: Int
  /// Bytes from one CPU's value to the next one's.
  public let stride: Int

  init(cpuCount: Int) {
    element = ByteLayout()
    self.cpuCount = cpuCount
    stride = (element.byteCount + 7) & ~7
  }

  /// Bytes of the values of all CPUs.
  public var byteCount: Int { stride * cpuCount }

  /// How many bytes these values take.
  public func byteCount(of value: PerCPUValues<T>) -> Int { stride * value.count }

  /// Writes the values of all CPUs.
  public func write(_ value: PerCPUValues<T>, to destination: UnsafeMutableRawPointer) {
    destination.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount(of: value))
    for (index, one) in value.enumerated() { element.write(one, to: destination + index * stride) }
  }

  /// Reads the values of all CPUs.
  public func read(from source: UnsafeRawPointer) -> PerCPUValues<T> {
    PerCPUValues((0..<cpuCount).map { element.read(from: source + $0 * stride) })
  }
}

/// The values that the CPUs have for one key, in the order of `CPUList.possible()`.
///
///     let values = try counts.value(for: key)
///     values?.sum()    // what all CPUs counted together
public struct PerCPUValues<Element: BitwiseCopyable>: RandomAccessCollection {
  private var values: [Element]

  /// One value for each possible CPU.
  public init(_ values: [Element]) { self.values = values }

  /// The same value for `cpuCount` CPUs.
  public init(repeating value: Element, cpuCount: Int) { values = Array(repeating: value, count: cpuCount) }

  /// 0.
  public var startIndex: Int { 0 }
  /// How many CPUs there may be.
  public var endIndex: Int { values.count }

  /// The value of a CPU by its place in `CPUList.possible()`, which mostly is its number.
  public subscript(position: Int) -> Element {
    get { values[position] }
    set { values[position] = newValue }
  }
}

extension PerCPUValues where Element: FixedWidthInteger {
  /// All together; like the kernel's counters it wraps around.
  public func sum() -> Element { values.reduce(0, &+) }
}

extension PerCPUValues where Element: BinaryFloatingPoint {
  /// All together.
  public func sum() -> Element { values.reduce(0, +) }
}

extension PerCPUValues: Sendable where Element: Sendable {}
extension PerCPUValues: Equatable where Element: Equatable {}
extension PerCPUValues: Hashable where Element: Hashable {}
