/// A command of `bpf(2)`.
///
/// Source: `enum bpf_cmd` in `include/uapi/linux/bpf.h`.
public enum BPFCall: UInt32, CaseIterable, Sendable {
  case mapCreate = 0
  case mapLookupElement = 1
  case mapUpdateElement = 2
  case mapDeleteElement = 3
  case mapGetNextKey = 4
  case programLoad = 5
  case objectPin = 6
  case objectGet = 7
  case programAttach = 8
  case programDetach = 9
  case programTestRun = 10
  case programGetNextID = 11
  case mapGetNextID = 12
  case programGetDescriptorByID = 13
  case mapGetDescriptorByID = 14
  case objectGetInfo = 15
  case programQuery = 16
  case rawTracepointOpen = 17
  case btfLoad = 18
  case btfGetDescriptorByID = 19
  case taskDescriptorQuery = 20
  case mapLookupAndDeleteElement = 21
  case mapFreeze = 22
  case btfGetNextID = 23
  case mapLookupBatch = 24
  case mapLookupAndDeleteBatch = 25
  case mapUpdateBatch = 26
  case mapDeleteBatch = 27
  case linkCreate = 28
  case linkUpdate = 29
  case linkGetDescriptorByID = 30
  case linkGetNextID = 31
  case enableStatistics = 32
  case iteratorCreate = 33
  case linkDetach = 34
  case programBindMap = 35
  case tokenCreate = 36
  case programStreamRead = 37

  /// The kernel's name.
  public var name: String { Self.names[Int(rawValue)] }

  private static let names = [
    "BPF_MAP_CREATE", "BPF_MAP_LOOKUP_ELEM", "BPF_MAP_UPDATE_ELEM", "BPF_MAP_DELETE_ELEM", "BPF_MAP_GET_NEXT_KEY",
    "BPF_PROG_LOAD", "BPF_OBJ_PIN", "BPF_OBJ_GET", "BPF_PROG_ATTACH", "BPF_PROG_DETACH", "BPF_PROG_TEST_RUN",
    "BPF_PROG_GET_NEXT_ID", "BPF_MAP_GET_NEXT_ID", "BPF_PROG_GET_FD_BY_ID", "BPF_MAP_GET_FD_BY_ID",
    "BPF_OBJ_GET_INFO_BY_FD", "BPF_PROG_QUERY", "BPF_RAW_TRACEPOINT_OPEN", "BPF_BTF_LOAD", "BPF_BTF_GET_FD_BY_ID",
    "BPF_TASK_FD_QUERY", "BPF_MAP_LOOKUP_AND_DELETE_ELEM", "BPF_MAP_FREEZE", "BPF_BTF_GET_NEXT_ID",
    "BPF_MAP_LOOKUP_BATCH", "BPF_MAP_LOOKUP_AND_DELETE_BATCH", "BPF_MAP_UPDATE_BATCH", "BPF_MAP_DELETE_BATCH",
    "BPF_LINK_CREATE", "BPF_LINK_UPDATE", "BPF_LINK_GET_FD_BY_ID", "BPF_LINK_GET_NEXT_ID", "BPF_ENABLE_STATS",
    "BPF_ITER_CREATE", "BPF_LINK_DETACH", "BPF_PROG_BIND_MAP", "BPF_TOKEN_CREATE",
    "BPF_PROG_STREAM_READ_BY_FD",
  ]
}
