internal import KernelInterface
internal import LinuxSystem

/// The last that programs wrote into a perf event array, overwriting the oldest: read when something has gone wrong.
///
///     let recorder = try FlightRecorder(map, pagesPerCPU: 16)
///     …
///     try recorder.snapshot { cpu, record in … }    // newest first
///
/// Nothing is ever lost for want of a reader, and no reader is ever woken.
///
/// *First kernel*: 4.7 (`write_backward`).
public final class FlightRecorder {
  /// The map that programs name.
  public let map: Map
  private let buffers: [PerfCPUBuffer]

  /// Opens a buffer for each CPU that is online and puts it into the map.
  ///
  /// - Throws: as ``PerfBuffer/init(_:_:)``.
  public init(_ map: Map, pagesPerCPU: Int = 64) throws(BPFError) {
    guard map.spec.type == .perfEventArray else { throw .wrongMapType(map: map.spec.name, map.spec.type) }
    var buffers: [PerfCPUBuffer] = []
    do throws(SystemCallError) {
      for cpu in try CPUList.online().cpus {
        // A mapping that cannot be written tells the kernel that nobody gives room back.
        buffers.append(
          try PerfCPUBuffer(
            cpu: cpu, .programOutput(.records(1), isBackward: true), pages: pagesPerCPU, isWritable: false,
            name: map.spec.name, kernel: map.kernel))
      }
      for buffer in buffers { try buffer.install(in: map) }
    } catch { throw .systemCall(error) }
    self.map = map
    self.buffers = buffers
  }

  /// Calls `body` with what each CPU wrote last, newest first; a CPU's writes are lost while it is read.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` when the writing cannot be paused or resumed.
  public func snapshot(_ body: (_ cpu: Int, UnsafeRawBufferPointer) -> Void) throws(BPFError) {
    for buffer in buffers {
      try BPFError.wrap { () throws(SystemCallError) in try map.kernel.pausePerfEventOutput(buffer.event, true) }
      let result = Result { () throws(BPFError) in try buffer.snapshot { body(buffer.cpu, $0) } }
      try BPFError.wrap { () throws(SystemCallError) in try map.kernel.pausePerfEventOutput(buffer.event, false) }
      try result.get()
    }
  }
}
