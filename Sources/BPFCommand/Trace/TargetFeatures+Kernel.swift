internal import BPF
internal import KernelInterface
internal import LinuxSystem
internal import TraceCompiler

extension TargetFeatures {
  /// What the running kernel offers to generated code; each ability is tried when it is first asked for.
  init(of kernel: KernelFeatures, version: KernelVersion) throws(SystemCallError) {
    self.init { kernel.has($0.feature) }
    kernelVersion = UInt32(clamping: version.major << 16 | version.minor << 8 | min(version.patch, 255))
    let namespace = try PIDNamespace.current()
    processNamespace =
      namespace.isInitial ? nil : ProcessNamespace(device: namespace.device, inode: namespace.inode)
    possibleCPUCount = try CPUList.possible().cpus.count
  }
}

extension TargetFeatures.Ability {
  /// How the kernel is asked for it.
  fileprivate var feature: KernelFeature {
    switch self {
    case .fetchingAtomics: .fetchingAtomics
    case .version4Instructions: .instructionSetV4
    case .loop: .loop
    case .forEachMapElement: .forEachMapElement
    case .attachCookie: .attachCookie
    case .functionAddress: .functionAddress
    // No program is refused for it: before the release that brought uprobe_multi, the helper answers 0 in uprobes.
    case .userFunctionAddress: .uprobeMulti
    case .typedCurrentTask: .typedCurrentTask
    case .typedRawTracepoints: .typeInformation
    case .perCPULookup: .perCPULookup
    case .taiClock: .taiClock
    }
  }
}
