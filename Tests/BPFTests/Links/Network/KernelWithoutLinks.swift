import KernelInterface
import KernelTesting
import LinuxSystem

/// The running kernel, but that it knows no links, as before Linux 5.7.
struct KernelWithoutLinks: ForwardingKernel {
  func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    command == .linkCreate ? -SystemErrno.invalidArgument.rawValue : live.bpf(command, &attribute)
  }
}
