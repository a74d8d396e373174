import KernelInterface
import LinuxSystem

/// What a run depends on of the machine.
struct MachineFacts: Hashable, Sendable {
  /// CPUs that the machine may ever have.
  var possibleCPUCount: Int
  /// CPUs that run now.
  var onlineCPUs: [Int]
  /// Bytes of memory in all.
  var memoryByteCount: Int
  /// Bytes of a page.
  var pageByteCount: Int
  /// The kernel's version.
  var kernelVersion: KernelVersion

  /// Facts given one by one.
  init(
    possibleCPUCount: Int, onlineCPUs: [Int], memoryByteCount: Int, pageByteCount: Int, kernelVersion: KernelVersion
  ) {
    self.possibleCPUCount = possibleCPUCount
    self.onlineCPUs = onlineCPUs
    self.memoryByteCount = memoryByteCount
    self.pageByteCount = pageByteCount
    self.kernelVersion = kernelVersion
  }

  /// The facts of this machine.
  init(_ kernel: any KernelCalls) throws(SystemCallError) {
    possibleCPUCount = try CPUList.possible().cpus.count
    onlineCPUs = try CPUList.online().cpus
    memoryByteCount = Self.memoryByteCount(memoryInfo: try FileSystem.text(of: "/proc/meminfo"))
    pageByteCount = MemoryPage.size
    kernelVersion = try KernelVersion.running(kernel)
  }

  /// Reads the `MemTotal` line, in KiB, of `/proc/meminfo`; 0 when there is none.
  static func memoryByteCount(memoryInfo text: String) -> Int {
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemTotal:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
    return overflow ? .max : max(bytes, 0)
  }
}
