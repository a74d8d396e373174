/// The processor family that this program was built for, and so the kernel's.
public enum MachineArchitecture: String, CaseIterable, Sendable {
  /// `x86_64`.
  case x86 = "x86_64"
  /// `aarch64`.
  case arm64 = "aarch64"

  /// The one that runs this.
  public static var current: MachineArchitecture {
    #if arch(x86_64)
      .x86
    #elseif arch(arm64)
      .arm64
    #else
      #error("register names, system call numbers and context layouts of this architecture are not known yet")
    #endif
  }
}
