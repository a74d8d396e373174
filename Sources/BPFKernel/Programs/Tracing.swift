/// Prints to the kernel's trace pipe, for trying things out: `bpf_trace_printk`, with up to three numbers.
///
///     trace("pid %d opened %d", UInt64(Process.id), UInt64(fd))
///
/// `%d %u %x %ld %lu %lx %llu %llx %p %s` are understood. The pipe is one for the whole machine: see ``Log`` for what a tool
/// prints.
@_alwaysEmitIntoClient @inline(__always)
public func trace(_ format: StaticString, _ first: UInt64 = 0, _ second: UInt64 = 0, _ third: UInt64 = 0) {
  let size = UInt32(truncatingIfNeeded: format.utf8CodeUnitCount &+ 1)
  bpf_trace_printk(format.utf8Start, size, first, second, third)
}
