internal import BPF
internal import LinuxSystem

/// How a map's keys and values lie in memory.
struct ElementShape {
  var keySize: Int
  /// Bytes of one value; of a per-CPU map, the value of one CPU.
  var valueSize: Int
  /// Bytes from the value of one CPU to the next one's.
  var stride: Int
  /// Whether there is a value for each CPU.
  var isPerCPU: Bool
  /// The CPUs that have values; one, of no meaning, where the value is everybody's.
  var cpus: [Int]

  /// Bytes of all values of a key.
  var storedSize: Int { stride * cpus.count }

  init(of map: Map) throws(InspectorError) {
    keySize = map.spec.keySize
    valueSize = map.spec.valueSize
    stride = map.valueStride
    isPerCPU = map.spec.type.isPerCPU
    cpus = [0]
    if isPerCPU { cpus = try InspectorError.wrap { () throws(SystemCallError) in try CPUList.possible().cpus } }
  }

  /// The values of each CPU in the bytes of all.
  func values(in stored: UnsafeRawBufferPointer) -> [(cpu: Int, bytes: UnsafeRawBufferPointer)] {
    cpus.enumerated().compactMap { place, cpu in
      let start = place * stride
      guard start + valueSize <= stored.count else { return nil }
      return (cpu, UnsafeRawBufferPointer(rebasing: stored[start..<start + valueSize]))
    }
  }
}
