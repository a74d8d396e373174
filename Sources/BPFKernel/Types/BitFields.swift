extension Kernel {
  /// Reads a bit-field of the kernel's memory, 0 where it cannot be read.
  ///
  ///     extension Kernel { struct task_struct { var in_iowait: UInt32 } }    // `unsigned in_iowait:1` in the kernel
  ///     …
  ///     if Kernel.bits(of: &task.pointee.in_iowait) != 0 { … }
  ///
  /// It is declared as a whole integer; how many bits it has, and where, is looked up in the running kernel's types. Fields
  /// that are whole integers there are read, too. `BPF_CORE_READ_BITFIELD_PROBED`.
  @_alwaysEmitIntoClient @inline(__always)
  public static func bits<T: FixedWidthInteger & BitwiseCopyable>(of field: UnsafePointer<T>) -> T {
    #if hasFeature(Embedded)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1) { memory in
        let place = memory.baseAddress.unsafelyUnwrapped
        place.pointee = 0
        if bpf_probe_read_kernel(place, UInt32(bitPattern: swift_bpf_field_info(field, 1)), field) != 0 { return 0 }
        let value = place.pointee &<< UInt64(truncatingIfNeeded: swift_bpf_field_info(field, 4))
        let shift = UInt64(truncatingIfNeeded: swift_bpf_field_info(field, 5))
        if swift_bpf_field_info(field, 3) != 0 {
          return T(truncatingIfNeeded: Int64(bitPattern: value) &>> Int64(bitPattern: shift))
        }
        return T(truncatingIfNeeded: value &>> shift)
      }
    #else
      field.pointee
    #endif
  }
}
