public import LinuxSystem
internal import Synchronization

/// A probe that is defined by a line in tracefs (`kprobe_events`, `uprobe_events`): what serves kernels without probe
/// units for perf events (before 4.17), and what alone takes a number of returns to be kept at once.
///
/// The definition is global to the machine and would outlive this process. It goes with this object; what a process
/// left that was killed is removed when the next probe is defined.
///
/// Source: `Documentation/trace/kprobetrace.rst` and `uprobetracer.rst`.
public final class TraceEventProbe: Sendable {
  /// What to probe.
  public enum Place: Hashable, Sendable {
    /// A kernel function at an offset; with `maximumActive`, so many returns can be awaited at once.
    case kernelFunction(String, offset: UInt64, onReturn: Bool, maximumActive: UInt32?)
    /// An address in the kernel.
    case kernelAddress(UInt64)
    /// A place in a file, with the offset of a semaphore to raise there (0 for none; Linux 4.20).
    case file(path: String, offset: UInt64, referenceCounter: UInt64, onReturn: Bool)

    var listFile: String {
      if case .file = self { "uprobe_events" } else { "kprobe_events" }
    }

    /// The line that defines it, behind the command letter's event name.
    func definition(named event: String) -> String {
      switch self {
      case .kernelFunction(let function, let offset, let onReturn, let maximum):
        "\(onReturn ? "r" : "p")\(onReturn ? maximum.map(String.init) ?? "" : ""):\(event) \(function)"
          + (offset == 0 ? "" : "+0x\(String(offset, radix: 16))")
      case .kernelAddress(let address): "p:\(event) 0x\(String(address, radix: 16))"
      case .file(let path, let offset, let counter, let onReturn):
        "\(onReturn ? "r" : "p"):\(event) \(path):0x\(String(offset, radix: 16))"
          + (counter == 0 ? "" : "(0x\(String(counter, radix: 16)))")
      }
    }
  }

  /// What was probed.
  public let place: Place
  /// Its name in tracefs: group and event.
  public let name: String
  /// Its number for `perf_event_open(2)`.
  public let id: UInt64
  private let tracing: TraceFS

  /// Which probes are those of this package: the group's name, followed by the id of the PID name space.
  static let group = "swift_bpf"
  private static let counter = Atomic<UInt32>(0)

  /// Defines a probe.
  ///
  /// - Throws: `ENOENT` when tracefs has no such file, or when there is no such function (`EINVAL` on some kernels);
  ///   `EINVAL` for a place that cannot be probed.
  public init(_ place: Place, in tracing: TraceFS) throws(SystemCallError) {
    let space = (try? PIDNamespace.current())?.inode ?? 0
    let group = "\(Self.group)_\(space)"
    Self.removeLeftovers(group: group, list: place.listFile, tracing)
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    let event = "p\(CurrentProcess.id)_\(number)"
    let name = "\(group)/\(event)"
    do throws(SystemCallError) {
      try tracing.write(place.definition(named: name) + "\n", to: place.listFile)
    } catch {
      throw SystemCallError(call: error.call, subject: "\(place)", errno: error.errno)
    }
    do throws(SystemCallError) {
      id = try tracing.eventID(subsystem: group, name: event)
    } catch {
      try? tracing.write("-:\(name)\n", to: place.listFile)
      throw error
    }
    self.place = place
    self.name = name
    self.tracing = tracing
  }

  /// Removes the definition, which nothing may use any more: close the perf event first.
  deinit { try? tracing.write("-:\(name)\n", to: place.listFile) }

  /// Removes the probes of processes that are no more; one that somebody uses refuses (`EBUSY`).
  static func removeLeftovers(group: String, list: String, _ tracing: TraceFS) {
    guard let text = try? tracing.contents(of: list) else { return }
    for line in text.split(separator: UInt8(ascii: "\n")) {
      // "p:group/event place", "r4:group/event place"
      guard let name = line.split(separator: UInt8(ascii: " ")).first?.split(separator: UInt8(ascii: ":")).last
      else { continue }
      let parts = String(decoding: name, as: UTF8.self).split(separator: "/")
      guard parts.count == 2, parts[0] == group, parts[1].hasPrefix("p"),
        let process = Int32(parts[1].dropFirst().prefix { $0 != "_" }), !ProcessDescriptor.exists(process)
      else { continue }
      try? tracing.write("-:\(parts[0])/\(parts[1])\n", to: list)
    }
  }
}

extension TraceEventProbe.Place: CustomStringConvertible {
  /// The place as messages name it.
  public var description: String {
    switch self {
    case .kernelFunction(let function, let offset, let onReturn, _):
      "\(onReturn ? "kretprobe" : "kprobe") \(function)" + (offset == 0 ? "" : "+0x\(String(offset, radix: 16))")
    case .kernelAddress(let address): "kprobe 0x\(String(address, radix: 16))"
    case .file(let path, let offset, _, let onReturn):
      "\(onReturn ? "uretprobe" : "uprobe") \(path)+0x\(String(offset, radix: 16))"
    }
  }
}
