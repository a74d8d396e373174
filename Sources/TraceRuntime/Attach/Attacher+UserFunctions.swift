import BPF
import KernelInterface
import LinuxSystem
import TraceCompiler

/// Places in programs and libraries: uprobes.
extension Attacher {
  /// One place as a perf event of the uprobe unit; narrowed to a process, it counts for all of its threads.
  func attachUserFunction(
    _ program: Program, _ path: String, _ offset: UInt64, onReturn: Bool, _ cookie: UInt64
  ) throws(BPFError) -> Link {
    let unit = try system { () throws(SystemCallError) in try DynamicProbeUnit(.uprobe, of: kernel) }
    let place = PerfEvent.uprobe(unit, path: path, offset: offset, referenceCounter: 0, onReturn: onReturn)
    return try attach(
      program, to: place, on: process.map { .process($0) } ?? .cpu(firstCPU), cookie, subject: "\(path)+\(offset)")
  }

  /// Many places of one file with one link (Linux 6.6); the program is loaded for that.
  func attachUserFunctions(
    _ program: Program, _ path: String, _ attachments: [CompiledProgram.Attachment], onReturn: Bool
  ) throws(BPFError) -> Link {
    let offsets = attachments.compactMap { attachment -> UInt64? in
      if case .userFunction(_, _, let offset, _) = attachment.site { offset } else { nil }
    }
    return try program.attach(
      to: UprobeMulti(
        path: path, offsets: offsets, cookies: attachments.map(\.cookie), process: process, onReturn: onReturn))
  }
}
