/// A kind of processor that programs are compiled for.
///
/// All that the compiler must know of a machine hangs here as data: its registers as BPF programs see them, who
/// passes arguments where, and its system calls.
public enum Architecture: String, CaseIterable, Sendable {
  // swift-format-ignore: AlwaysUseLowerCamelCase
  /// AMD64, Intel 64.
  case x86_64
  /// AArch64.
  case arm64

  /// The architecture that this code was compiled for, or nil when it is none of ours.
  public static var current: Architecture? {
    #if arch(x86_64)
      .x86_64
    #elseif arch(arm64)
      .arm64
    #else
      nil
    #endif
  }

  /// The registers of an interrupted or probed context.
  public var registers: RegisterFile {
    switch self {
    case .x86_64: .x86_64
    case .arm64: .arm64
    }
  }

  /// The name as `uname -m` prints it.
  public var machineName: String {
    switch self {
    case .x86_64: "x86_64"
    case .arm64: "aarch64"
    }
  }
}
