public import Diagnostics

/// What user space does when an event arrives; the event's first 32 bits are the action's index in the script's list.
///
/// Offsets count from the start of the event.
public enum EventAction: Hashable, Sendable {
  /// Formats the arguments and writes them somewhere.
  case formatted(FormattedOutput)
  /// Prints one value on a line of its own.
  case printValue(WireField)
  /// Prints a whole map, or its last `top` entries, with values divided by `divisor`.
  case printMap(map: Int, top: Int?, divisor: Int?)
  /// Deletes every entry of a map.
  case clear(map: Int)
  /// Sets every value of a map to zero.
  case zero(map: Int)
  /// Ends the run with the exit code in the field.
  case exit(code: WireField)
  /// Prints the time in a strftime format.
  case time(format: String)
  /// Prints an array of strings with a separator between them; it ends before the first field that is zero.
  case join(separator: String, strings: [WireField])
  /// Reports that a program's step failed; the field is what the helper returned.
  case runtimeError(RuntimeError, SourceSpan, returned: WireField)

  /// Bytes before an event's first field.
  public static let headerByteCount = 8
}

/// A printf-like output: where it goes, its template and its arguments.
public struct FormattedOutput: Hashable, Sendable {
  /// Where formatted text goes.
  public enum Destination: Hashable, Sendable {
    /// Standard output (`printf`).
    case output
    /// The contents of the file of that name (`cat`).
    case fileContents
    /// A shell (`system`).
    case shell
    /// Standard error, as an error at the call's place (`errorf`).
    case error(SourceSpan)
    /// Standard error, as a warning at the call's place (`warnf`).
    case warning(SourceSpan)
  }

  /// Where it goes.
  public var destination: Destination
  /// The text with its gaps.
  public var template: PrintfTemplate
  /// What fills the gaps, in order.
  public var arguments: [WireField]

  /// An output.
  public init(destination: Destination, template: PrintfTemplate, arguments: [WireField]) {
    self.destination = destination
    self.template = template
    self.arguments = arguments
  }
}

/// A step of a program that failed while it ran.
public enum RuntimeError: Hashable, Sendable {
  /// Division or modulo by zero.
  case divisionByZero
  /// An index outside its array.
  case arrayOutOfBounds
  /// A helper (its name) returned an error.
  case helper(String)
  /// A map has no room for another entry.
  case mapFull(map: String)
  /// A loop reached the highest number of rounds that a program may make.
  case loopLimit(rounds: Int)
  /// No room for another distinct stack.
  case stackTableFull
}
