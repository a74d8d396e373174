internal import CLinux

/// The two ends of a pipe, close-on-exec.
struct Pipe: ~Copyable {
  let reading: OwnedDescriptor
  let writing: OwnedDescriptor

  /// - Throws: `EMFILE` or `ENFILE` when there is no room for two more descriptors.
  init(subject: @autoclosure () -> String) throws(SystemCallError) {
    var ends: (CInt, CInt) = (-1, -1)
    try SystemCallError.check(clinux_pipe(&ends.0, &ends.1), "pipe2", on: subject())
    let first: OwnedDescriptor
    do throws(SystemCallError) {
      first = try OwnedDescriptor(adopting: ends.0)
    } catch {
      _ = clinux_close(ends.1)
      throw error
    }
    let second = try OwnedDescriptor(adopting: ends.1)
    reading = first
    writing = second
  }

  /// Gives the end that reads, and closes the other.
  consuming func closeWriting() -> OwnedDescriptor { reading }
}
