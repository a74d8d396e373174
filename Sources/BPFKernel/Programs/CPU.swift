/// The CPU that runs the program.
public enum CPU {
  /// Its number.
  ///
  /// `bpf_get_smp_processor_id`.
  @_alwaysEmitIntoClient public static var id: UInt32 { @_transparent get { bpf_get_smp_processor_id() } }

  /// The number of its memory node.
  ///
  /// `bpf_get_numa_node_id`.
  @_alwaysEmitIntoClient public static var node: Int { @_transparent get { bpf_get_numa_node_id() } }
}
