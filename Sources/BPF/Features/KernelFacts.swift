internal import KernelInterface
internal import LinuxSystem

/// What is known of a kernel and of this process' rights in it; looked up when an absence is to be explained.
struct KernelFacts: Sendable {
  var version: KernelVersion?
  var lockdown: Lockdown?
  /// The build options; nil where they cannot be read.
  var configuration: KernelConfiguration?
  /// What this process would need for all of BPF and does not have.
  var missingCapabilities: [String]

  init(
    version: KernelVersion?, lockdown: Lockdown?, configuration: KernelConfiguration?, missingCapabilities: [String]
  ) {
    self.version = version
    self.lockdown = lockdown
    self.configuration = configuration
    self.missingCapabilities = missingCapabilities
  }

  /// Asks the kernel.
  init(of kernel: some KernelCalls) {
    version = try? KernelVersion.running(kernel)
    lockdown = Lockdown.current(kernel)
    configuration = try? KernelConfiguration(kernel: kernel)
    missingCapabilities = []
    if let capabilities = try? Capabilities.effective(kernel), !capabilities.contains(.systemAdministration) {
      missingCapabilities =
        Capabilities([.bpf, .performanceMonitoring, .networkAdministration])
        .subtracting(capabilities).names
    }
  }
}
