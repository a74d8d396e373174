public import Bytecode
public import KernelInterface
internal import Synchronization

/// What a kernel can do, found out by trying when it is first asked, and remembered.
///
///     let features = KernelFeatures.running
///     if !features.has(.link(.traceKprobeMulti)), let absence = features.absence(of: .link(.traceKprobeMulti)) {
///       print(absence)    // this kernel (5.10.0) has no kprobe_multi: Linux 5.18 is the first to have it
///     }
///
/// Trying costs some 20 to 60 µs each: the load of a program of a few instructions, which is never attached. Kernel
/// functions are looked up anew each time, for modules have some of them. Version
/// numbers are not looked at, for distributions take features back and leave them out; they serve only to explain.
public final class KernelFeatures: Sendable {
  /// Those of the kernel that this process runs on; what one part of the process found out, all know.
  public static let running = KernelFeatures(LiveKernel())

  private let kernel: any KernelCalls
  private let known = Mutex<[KernelFeature: KernelFeatureAvailability]>([:])
  private let fentry = Mutex<[UInt32: KernelFeatureAvailability]>([:])
  private let kernelTypes: KernelTypes

  /// Nothing is tried yet.
  public init(_ kernel: any KernelCalls) {
    self.kernel = kernel
    kernelTypes = KernelTypes(kernel: kernel)
  }

  /// Whether the kernel can do something, and if not, what says so.
  public func availability(of feature: KernelFeature) -> KernelFeatureAvailability {
    if let known = known.withLock({ $0[feature] }) { return known }
    if case .kernelFunction = feature {
      // Modules, which have some of them, come and go.
      return KernelFeatureProbe(kernel: kernel, kernelTypes: KernelTypes(kernel: kernel)).availability(of: feature)
    }
    // Two threads that ask at once both try, and find the same.
    let found = KernelFeatureProbe(kernel: kernel, kernelTypes: kernelTypes).availability(of: feature)
    known.withLock { $0[feature] = found }
    return found
  }

  /// Whether the kernel can do something.
  public func has(_ feature: KernelFeature) -> Bool { availability(of: feature).isAvailable }

  /// Why the kernel cannot do something; nil when it can.
  public func absence(of feature: KernelFeature) -> KernelFeatureAbsence? {
    guard case .missing(let evidence) = availability(of: feature) else { return nil }
    return KernelFeatureAbsence(of: feature, evidence: evidence, on: KernelFacts(of: kernel))
  }

  /// Whether the kernel takes fentry programs on the function with this type id in its own type information.
  ///
  /// A function that is made for tests, `bpf_fentry_test1`, is a good one to ask for. Only loading is tried, for
  /// attaching changes the kernel's code; on arm64 before 6.0 attaching may be refused later (`ENOTSUPP`).
  public func fentryAvailability(functionTypeID: UInt32) -> KernelFeatureAvailability {
    if let known = fentry.withLock({ $0[functionTypeID] }) { return known }
    let found = KernelFeatureProbe(kernel: kernel, kernelTypes: kernelTypes).load(
      ProgramLoad(
        type: .tracing, expectedAttachType: .traceFentry, instructions: KernelFeatureProbe.nothing.encoded(),
        attachTypeID: functionTypeID))
    fentry.withLock { $0[functionTypeID] = found }
    return found
  }

  /// How much of the instruction set the kernel has; at least v2.
  public var instructionSet: InstructionSetLevel {
    if has(.instructionSetV4) { return .v4 }
    return has(.fetchingAtomics) ? .v3 : .v2
  }

  /// How many instructions a program of ours may have.
  public var instructionLimit: Int { has(.largePrograms) ? 1_000_000 : 4096 }
}
