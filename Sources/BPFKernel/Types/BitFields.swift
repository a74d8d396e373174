/// Reads a bit-field of the kernel's memory, 0 where it cannot be read.
///
/// In the extension of ``Kernel`` declare the field as an integer: where its bits lie is looked up in the running
/// kernel's types, and may differ from kernel to kernel.
///
///     extension Kernel { struct task_struct { var in_execve: UInt32 } }
///     let isExecuting = readBits(&task.pointee.in_execve, of: task) != 0
///
/// As `BPF_CORE_READ_BITFIELD_PROBED` of libbpf.
@_alwaysEmitIntoClient @inline(__always)
public func readBits<T: FixedWidthInteger & BitwiseCopyable, Struct>(
  _ field: UnsafePointer<T>, of structure: UnsafePointer<Struct>
) -> T {
  let place = UnsafeRawPointer(structure) + Int(truncatingIfNeeded: swift_bpf_field_info(field, 0))
  let size = UInt32(bitPattern: swift_bpf_field_info(field, 1))
  let left = UInt64(truncatingIfNeeded: swift_bpf_field_info(field, 4))
  let right = UInt64(truncatingIfNeeded: swift_bpf_field_info(field, 5))
  var word: UInt64 = 0
  if size <= 8 { bpf_probe_read_kernel(&word, size, place) }
  let bits = word &<< left
  return T.isSigned
    ? T(truncatingIfNeeded: Int64(bitPattern: bits) &>> Int64(bitPattern: right))
    : T(truncatingIfNeeded: bits &>> right)
}
