internal import CLinux
internal import Glibc

/// A standard stream, and what is at its other end.
public enum StandardStream: CInt, Sendable {
  case input = 0
  case output = 1
  case error = 2

  /// Whether a terminal is at its other end.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// How many characters a line of the terminal has; nil where there is no terminal or it does not say.
  public var columns: Int? {
    let columns = clinux_terminal_columns(rawValue)
    return columns > 0 ? Int(columns) : nil
  }

  /// An owned descriptor of the same open file.
  public func duplicate() throws(SystemCallError) -> OwnedDescriptor {
    try OwnedDescriptor(
      adopting: SystemCallError.check(clinux_duplicate(rawValue, 3), "fcntl(F_DUPFD_CLOEXEC)", on: "\(self)"))
  }
}
