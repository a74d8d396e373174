internal import CLinux
internal import Glibc

/// A signal by its number.
public struct Signal: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The number, from 1.
  public var rawValue: CInt
  /// Any number, also one that has no name.
  public init(rawValue: CInt) { self.rawValue = rawValue }

  /// `SIGHUP`.
  public static let hangUp = Self(rawValue: SIGHUP)
  /// `SIGINT`.
  public static let interrupt = Self(rawValue: SIGINT)
  /// `SIGQUIT`.
  public static let quit = Self(rawValue: SIGQUIT)
  /// `SIGKILL`.
  public static let kill = Self(rawValue: SIGKILL)
  /// `SIGUSR1`.
  public static let user1 = Self(rawValue: SIGUSR1)
  /// `SIGUSR2`.
  public static let user2 = Self(rawValue: SIGUSR2)
  /// `SIGPIPE`.
  public static let brokenPipe = Self(rawValue: SIGPIPE)
  /// `SIGTERM`.
  public static let terminate = Self(rawValue: SIGTERM)
  /// `SIGCHLD`.
  public static let child = Self(rawValue: SIGCHLD)
  /// `SIGCONT`.
  public static let `continue` = Self(rawValue: SIGCONT)
  /// `SIGSTOP`.
  public static let stop = Self(rawValue: SIGSTOP)
  /// `SIGWINCH`.
  public static let windowChanged = Self(rawValue: SIGWINCH)

  /// The numbers that x86-64 and arm64 share (`include/uapi/asm-generic/signal.h`).
  static let names: [String] = [
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
    "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN",
    "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
  ]

  /// A signal by its C name, with or without "SIG", in any case.
  public init?(name: String) {
    let upper = name.uppercased()
    guard let index = Self.names.firstIndex(where: { $0 == upper || $0.dropFirst(3) == upper }) else { return nil }
    self.init(rawValue: CInt(index + 1))
  }

  /// The C name, such as "SIGTERM"; "signal 34" where there is none.
  public var description: String {
    rawValue >= 1 && rawValue <= Self.names.count ? Self.names[Int(rawValue) - 1] : "signal \(rawValue)"
  }

  /// Sends the signal to a process (`kill(2)`).
  public func send(to process: Int32) throws(SystemCallError) {
    try SystemCallError.check(Glibc.kill(process, rawValue) < 0 ? -errno : 0, "kill(\(self))", on: "process \(process)")
  }

  /// Ignores the signal in this whole process, or gives it back its default action.
  ///
  /// A command ignores SIGPIPE, so that a reader who leaves is an error of `write` and not the end of the process.
  public func ignore(_ ignored: Bool = true) throws(SystemCallError) {
    try SystemCallError.check(clinux_signal_ignore(rawValue, ignored ? 1 : 0), "signal", on: "\(self)")
  }
}
