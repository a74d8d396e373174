public import KernelInterface

/// How the running kernel is set up for BPF: the `sysctl`s that allow it, limit it and change how programs are compiled.
///
///     let settings = KernelSettings()
///     if settings.unprivilegedUse == .allowed { print(settings.lines.joined(separator: "\n")) }
///
/// What is nil cannot be told: the kernel does not have the setting, or this process may not read it. What the kernel was
/// built with is in ``KernelConfiguration``, what it can do in ``KernelFeatures``.
///
/// Source: `Documentation/admin-guide/sysctl/kernel.rst` and `net.rst`.
public struct KernelSettings: Hashable, Sendable {
  /// Who may use `bpf(2)`: `kernel.unprivileged_bpf_disabled`.
  public enum UnprivilegedUse: Hashable, Sendable {
    /// Everybody, for a few types of programs and maps.
    case allowed
    /// Privileged users, until the machine is started again.
    case forbiddenForGood
    /// Privileged users; an administrator can change that.
    case forbidden
    /// A number that means nothing yet.
    case other(Int)
  }

  /// Whether programs become machine code: `net.core.bpf_jit_enable`.
  public enum Compilation: Hashable, Sendable {
    /// They are interpreted.
    case off
    /// They are compiled.
    case on
    /// They are compiled, and the code is written to the kernel's log.
    case onWithTrace
    /// A number that means nothing yet.
    case other(Int)
  }

  /// Whether constants in compiled programs are blinded: `net.core.bpf_jit_harden`.
  public enum Hardening: Hashable, Sendable {
    /// Never.
    case off
    /// In programs of unprivileged users.
    case forUnprivilegedUsers
    /// In all programs.
    case forAllUsers
    /// A number that means nothing yet.
    case other(Int)
  }

  /// Who may use `bpf(2)`.
  ///
  /// *First kernel*: 4.4; ``UnprivilegedUse/forbidden`` 5.13.
  public var unprivilegedUse: UnprivilegedUse?
  /// Whether programs become machine code; nil where the kernel has no compiler (CONFIG_BPF_JIT).
  public var compilation: Compilation?
  /// Whether constants in compiled programs are blinded.
  ///
  /// *First kernel*: 4.7.
  public var hardening: Hardening?
  /// Whether compiled programs have names in `/proc/kallsyms`: `net.core.bpf_jit_kallsyms`.
  ///
  /// *First kernel*: 4.11.
  public var exportsSymbols: Bool?
  /// How many bytes the compiled programs of unprivileged users may take, all together: `net.core.bpf_jit_limit`.
  ///
  /// *First kernel*: 4.19.
  public var compiledCodeLimit: Int?
  /// Whether the kernel counts the runs of programs and their time: `kernel.bpf_stats_enabled`.
  ///
  /// It does so, too, while somebody holds a descriptor of `BPF_ENABLE_STATS`. *First kernel*: 5.1.
  public var countsRuns: Bool?

  /// Reads the settings of a kernel.
  public init(kernel: any KernelCalls = LiveKernel()) {
    func number(_ name: String) -> Int? {
      guard let text = try? kernel.text(of: "/proc/sys/\(name)") else { return nil }
      return Int(text.filter { !$0.isWhitespace })
    }
    unprivilegedUse = number("kernel/unprivileged_bpf_disabled").map {
      switch $0 {
      case 0: .allowed
      case 1: .forbiddenForGood
      case 2: .forbidden
      case let other: .other(other)
      }
    }
    compilation = number("net/core/bpf_jit_enable").map {
      switch $0 {
      case 0: .off
      case 1: .on
      case 2: .onWithTrace
      case let other: .other(other)
      }
    }
    hardening = number("net/core/bpf_jit_harden").map {
      switch $0 {
      case 0: .off
      case 1: .forUnprivilegedUsers
      case 2: .forAllUsers
      case let other: .other(other)
      }
    }
    exportsSymbols = number("net/core/bpf_jit_kallsyms").map { $0 != 0 }
    compiledCodeLimit = number("net/core/bpf_jit_limit")
    countsRuns = number("kernel/bpf_stats_enabled").map { $0 != 0 }
  }
}

extension KernelSettings {
  /// One line for each setting that can be told, in the order of the properties.
  public var lines: [String] {
    [
      unprivilegedUse.map {
        switch $0 {
        case .allowed: "unprivileged users may use bpf(2)"
        case .forbiddenForGood: "only privileged users may use bpf(2), until the machine is started again"
        case .forbidden: "only privileged users may use bpf(2)"
        case .other(let number): "kernel.unprivileged_bpf_disabled is \(number)"
        }
      },
      compilation.map {
        switch $0 {
        case .off: "programs are interpreted"
        case .on: "programs are compiled"
        case .onWithTrace: "programs are compiled, and their code is written to the kernel's log"
        case .other(let number): "net.core.bpf_jit_enable is \(number)"
        }
      },
      hardening.map {
        switch $0 {
        case .off: "constants of programs are not blinded"
        case .forUnprivilegedUsers: "constants of unprivileged users' programs are blinded"
        case .forAllUsers: "constants of all programs are blinded"
        case .other(let number): "net.core.bpf_jit_harden is \(number)"
        }
      },
      exportsSymbols.map { "compiled programs have \($0 ? "names" : "no names") in /proc/kallsyms" },
      compiledCodeLimit.map { "compiled programs of unprivileged users may take \($0) bytes" },
      countsRuns.map { "runs of programs are \($0 ? "" : "not ")counted" },
    ].compactMap(\.self)
  }
}
