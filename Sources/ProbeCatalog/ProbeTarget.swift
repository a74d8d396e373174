public import ELF

/// A concrete place that a program can be attached to: what an attach point stands for once its wildcards are expanded
/// and its names are found.
public enum ProbeTarget: Hashable, Sendable {
  /// Before anything else is attached.
  case begin
  /// After everything is detached.
  case end
  /// When this process gets a signal.
  case selfSignal(String)
  /// A test or a benchmark of the script itself.
  case named(String)
  /// A tracepoint, by its place below `events` in tracefs.
  case tracepoint(subsystem: String, event: String)
  /// A tracepoint's raw form; the module is nil for the kernel's own.
  case rawTracepoint(module: String?, event: String)
  /// An instruction of the kernel: so many bytes behind the start of a function.
  case kernelFunction(module: String?, name: String, offset: UInt64)
  /// An instruction of the kernel, by address.
  case kernelAddress(UInt64)
  /// The entry or exit of a kernel function, by its id in the BTF of the kernel or of its module.
  case trampoline(module: String?, name: String, typeID: UInt32)
  /// An instruction of a file, as uprobes want it; the counter is the semaphore of a USDT probe.
  case userFunction(path: String, symbol: String, fileOffset: UInt64, referenceCounterOffset: UInt64?)
  /// A probe that a program's author placed, at one of its locations.
  case userMarker(path: String, note: USDTNote)
  /// A kernel iterator, with the path below /sys/fs/bpf to pin it at, if any.
  case iterator(name: String, pin: String?)
  /// At regular times: on every online CPU for profile, on one for interval.
  case timer(TimerPeriod)
  /// After so many events of a counter.
  case perfEvent(CountedEvent, sampleCount: UInt64)
  /// When memory is touched.
  case watchpoint(address: UInt64, length: UInt64, mode: String)
}

/// A probe that was found: the place and the name that `probe` gives and listings show.
public struct FoundProbe: Hashable, Sendable {
  /// Who provides it.
  public let provider: Provider
  /// Where it is.
  public let target: ProbeTarget
  /// The full name, such as `tracepoint:syscalls:sys_enter_openat`.
  public let name: String

  init(_ provider: Provider, _ target: ProbeTarget, _ rest: String = "") {
    self.provider = provider
    self.target = target
    name = rest.isEmpty ? provider.name : "\(provider.name):\(rest)"
  }
}
