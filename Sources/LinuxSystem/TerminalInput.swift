internal import Glibc

/// The terminal at the standard input, from which single keys are read without their being shown, as long as this object
/// lives.
public final class TerminalInput {
  private let before: termios

  private init(before: termios) { self.before = before }

  /// Takes the terminal over; nil when there is none.
  public static func takeOver() -> TerminalInput? {
    guard StandardStream.input.isTerminal else { return nil }
    var mode = termios()
    guard tcgetattr(0, &mode) == 0 else { return nil }
    let before = mode
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(0, TCSANOW, &mode) == 0 else { return nil }
    return TerminalInput(before: before)
  }

  /// The keys that were pressed, as far as they have arrived.
  public func keys() -> [UInt8] {
    var room = [UInt8](repeating: 0, count: 64)
    let count = read(0, &room, room.count)
    return count > 0 ? Array(room.prefix(count)) : []
  }

  deinit {
    var mode = before
    tcsetattr(0, TCSANOW, &mode)
  }
}
