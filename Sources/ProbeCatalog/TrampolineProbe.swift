import BTF
import KernelInterface
import LinuxSystem

/// Finds out whether the kernel lets programs attach to its functions by fentry and fexit, by loading one.
///
/// The verifier looks at the function while it loads, so nothing needs to be attached. No version tells it: kernels are
/// built without, and a security policy can forbid it.
enum TrampolineProbe {
  /// `r0 = 0; exit` (RFC 9669, section 4).
  private static let program: [UInt8] = [0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]

  /// Functions that every kernel has, of which one must be there to be tried.
  private static let functions = ["vfs_read", "vfs_write", "do_exit", "schedule"]

  /// Nil when this process may not load such a program anyway, or when there is no type to name.
  static func isAvailable(_ kernel: some KernelCalls, types: TypeGraph?) -> Bool? {
    guard let types, let capabilities = try? Capabilities.effective(kernel), capabilities.missingForTracing.isEmpty,
      let id = functions.lazy.compactMap({ types.id(named: $0, kind: .function) }).first
    else { return nil }
    var load = ProgramLoad(type: .tracing, expectedAttachType: .traceFentry, instructions: program)
    load.attachTypeID = id.rawValue
    return (try? kernel.loadProgram(load, log: .never)) != nil
  }
}
