internal import Glibc

/// The end of this process.
public enum ProcessEnd {
  /// Ends the process with a status, from 0 to 255; no `deinit` of what is still alive runs.
  public static func exit(_ status: UInt8) -> Never {
    Glibc.exit(CInt(status))
  }
}
