import BPF
import KernelInterface
import LinuxSystem
import TraceCompiler

/// Kernel functions: kprobes.
extension Attacher {
  /// One place as a perf event of the kprobe unit.
  func attachKernelFunction(
    _ program: Program, _ function: String, _ offset: UInt64, onReturn: Bool, _ cookie: UInt64
  ) throws(BPFError) -> Link {
    let unit = try system { () throws(SystemCallError) in try DynamicProbeUnit(.kprobe, of: kernel) }
    return try attach(
      program, to: .kprobe(unit, function: function, offset: offset, onReturn: onReturn), on: .cpu(firstCPU), cookie,
      subject: "kernel function \(function)")
  }

  /// Many functions with one link (Linux 5.18, where it is built with fprobe); the program is loaded for that.
  func attachKernelFunctions(
    _ program: Program, _ attachments: [CompiledProgram.Attachment], onReturn: Bool
  ) throws(BPFError) -> Link {
    let names = attachments.compactMap { attachment -> String? in
      if case .kernelFunction(_, let name, _, _) = attachment.site { name } else { nil }
    }
    return try program.attach(
      to: KprobeMulti(.symbols(names), cookies: attachments.map(\.cookie), onReturn: onReturn))
  }
}
