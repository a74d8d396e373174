internal import CLinux

extension OwnedDescriptor {
  /// Fills `buffer` from the byte `offset` of the file on; the answer is how many bytes came, fewer only at the end.
  ///
  /// The descriptor's own position does not matter and stays, so that several readers can share it. Of
  /// `/proc/PID/mem` the offset is an address.
  public borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64, subject: @autoclosure () -> String = "descriptor"
  ) throws(SystemCallError) -> Int {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let position = Int64(bitPattern: offset &+ UInt64(done))
      let answer = withNumber { clinux_pread($0, rest.baseAddress, rest.count, position) }
      let count = try SystemCallError.check(answer, "pread", on: subject())
      if count == 0 { break }
      done += count
    }
    return done
  }
}
