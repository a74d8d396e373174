internal import CLinux

/// A file descriptor with one owner, closed when that owner goes away.
///
/// It is close-on-exec and its number is at least 3: many fields of `bpf(2)` read 0 as "none given", and a program
/// that closed its standard streams must not find a map there.
public struct OwnedDescriptor: ~Copyable, Sendable {
  private let number: CInt

  /// Takes over `number`, which nobody else may close from here on.
  ///
  /// - Throws: `EMFILE` when a number below 3 could not be exchanged for a higher one; it is closed then.
  public init(adopting number: CInt) throws(SystemCallError) {
    if number >= 3 {
      self.number = number
      return
    }
    let kept = clinux_duplicate(number, 3)
    _ = clinux_close(number)
    self.number = try SystemCallError.check(kept, "fcntl(F_DUPFD_CLOEXEC)", on: "descriptor \(number)")
  }

  /// Lends the number for the length of one call.
  public borrowing func withNumber<R: ~Copyable, E: Error>(_ body: (CInt) throws(E) -> R) throws(E) -> R {
    try body(number)
  }

  /// Gives the number away: the caller closes it from here on.
  public consuming func disown() -> CInt {
    let number = number
    discard self
    return number
  }

  /// A second owner of the same open file.
  public borrowing func duplicate() throws(SystemCallError) -> OwnedDescriptor {
    let copy = clinux_duplicate(number, 3)
    return try OwnedDescriptor(
      adopting: SystemCallError.check(copy, "fcntl(F_DUPFD_CLOEXEC)", on: "descriptor \(number)"))
  }

  deinit { _ = clinux_close(number) }
}

extension OwnedDescriptor {
  /// Reads into `buffer`; the answer is how many bytes came, 0 at the end of the file.
  ///
  /// - Throws: `EAGAIN` when the descriptor does not block and nothing is there.
  public borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer, subject: @autoclosure () -> String = "descriptor"
  ) throws(SystemCallError) -> Int {
    try SystemCallError.check(clinux_read(number, buffer.baseAddress, buffer.count), "read", on: subject())
  }

  /// Reads until the end of the file, whatever its status says about its size: files of procfs, sysfs and tracefs
  /// say 0.
  public borrowing func readToEnd(subject: @autoclosure () -> String = "descriptor") throws(SystemCallError) -> [UInt8]
  {
    var contents: [UInt8] = []
    var capacity = 4096
    while true {
      var answer = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        answer = clinux_read(number, buffer.baseAddress, buffer.count)
        count = max(answer, 0)
      }
      try SystemCallError.check(answer, "read", on: subject())
      if answer == 0 { return contents }
      if contents.isEmpty { contents = chunk } else { contents.append(contentsOf: chunk) }
      // Big files (kallsyms: 10 MB) come in few calls, small ones cost little memory.
      capacity = min(capacity * 2, 1 << 20)
    }
  }

  /// Writes all of `bytes`.
  public borrowing func write(
    _ bytes: UnsafeRawBufferPointer, subject: @autoclosure () -> String = "descriptor"
  ) throws(SystemCallError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = try SystemCallError.check(
        clinux_write(number, rest.baseAddress, rest.count), "write", on: subject())
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }
}
