internal import LinuxSystem

/// How far the kernel is closed against its own administrator (`kernel_lockdown(7)`).
public enum Lockdown: String, Sendable {
  /// Open.
  case none
  /// Nothing may change the kernel: `bpf_probe_write_user` is refused.
  case integrity
  /// Nothing may read kernel memory either: `bpf_probe_read_kernel` is refused, and with it most of tracing.
  case confidentiality

  /// Reads the kernel's line, in which the present mode stands in brackets: "none [integrity] confidentiality".
  public init?(_ text: some StringProtocol) {
    guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return nil }
    self.init(rawValue: String(text[text.index(after: open)..<close]))
  }

  /// The running kernel's mode; nil where it does not say (built without lockdown, or securityfs cannot be read).
  ///
  /// securityfs that is not mounted is opened as a detached mount.
  public static func current(_ kernel: some KernelCalls) -> Lockdown? {
    if let text = try? kernel.text(of: "/sys/kernel/security/lockdown") { return Lockdown(text) }
    guard
      let root = try? OwnedDescriptor(
        adopting: SystemCallError.check(kernel.mountDetached("securityfs"), "fsmount", on: "securityfs")),
      let file = try? FileSystem.open("lockdown", below: root), let bytes = try? file.readToEnd()
    else { return nil }
    return Lockdown(String(decoding: bytes, as: UTF8.self))
  }
}
