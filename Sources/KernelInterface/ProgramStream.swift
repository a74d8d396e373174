public import LinuxSystem

/// What a program prints to a stream of its own (`bpf_stream_printk`), and the kernel's complaints about it.
///
/// Numbers: `enum bpf_stream_id` in `include/uapi/linux/bpf.h`.
public enum ProgramStream: UInt32, CaseIterable, Sendable {
  /// `BPF_STREAM_STDOUT`.
  case output = 1
  /// `BPF_STREAM_STDERR`: also the kernel's reports of faults and endless loops in the program.
  case error = 2
}

extension KernelCalls {
  /// Takes what is in a program's stream, at most `capacity` bytes (`BPF_PROG_STREAM_READ_BY_FD`); empty when there is
  /// nothing.
  ///
  /// What was taken is gone from the stream. *First kernel*: 6.17.
  ///
  /// - Throws: `EINVAL` on an older kernel.
  public func readStream(
    _ stream: ProgramStream, of program: borrowing OwnedDescriptor, capacity: Int = 4096
  ) throws(SystemCallError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(1, capacity))
    var attribute = BPFAttribute()
    let answer = program.withNumber { number in
      bytes.withUnsafeMutableBytes { room in
        attribute.set(UnsafeRawPointer(room.baseAddress), at: 0)  // prog_stream_read.stream_buf
        attribute.set(UInt32(clamping: room.count), at: 8)  // prog_stream_read.stream_buf_len
        attribute.set(stream.rawValue, at: 12)  // prog_stream_read.stream_id
        attribute.set(number, at: 16)  // prog_stream_read.prog_fd
        return bpf(.programStreamRead, &attribute)
      }
    }
    let count = try SystemCallError.check(answer, "bpf(BPF_PROG_STREAM_READ_BY_FD)", on: "program")
    return Array(bytes.prefix(Int(count)))
  }
}
