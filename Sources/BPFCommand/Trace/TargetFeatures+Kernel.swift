internal import BPF
internal import KernelInterface
internal import LinuxSystem
internal import TraceCompiler

extension TargetFeatures {
  /// What the running kernel offers to generated code.
  init(of kernel: KernelFeatures, version: KernelVersion) throws(SystemCallError) {
    self.init()
    kernelVersion = UInt32(clamping: version.major << 16 | version.minor << 8 | min(version.patch, 255))
    hasFetchingAtomics = kernel.has(.fetchingAtomics)
    hasVersion4Instructions = kernel.has(.instructionSetV4)
    hasLoop = kernel.has(.loop)
    hasForEachMapElement = kernel.has(.forEachMapElement)
    hasAttachCookie = kernel.has(.attachCookie)
    hasFunctionAddress = kernel.has(.functionAddress)
    hasTypedCurrentTask = kernel.has(.typedCurrentTask)
    hasTypedRawTracepoints = kernel.has(.typeInformation)
    hasPerCPULookup = kernel.has(.perCPULookup)
    hasTAIClock = kernel.has(.taiClock)
    let namespace = try PIDNamespace.current()
    processNamespace =
      namespace.isInitial ? nil : ProcessNamespace(device: namespace.device, inode: namespace.inode)
    possibleCPUCount = try CPUList.possible().cpus.count
  }
}
