import BTF
import LinuxSystem
import ProbeCatalog
import Symbols

/// A machine whose files are given by the test.
struct RecordedSource: CatalogSource {
  var files: [String: String] = [:]
  var types: TypeGraph?
  var moduleTypes: [String: TypeGraph] = [:]
  var kernelSymbols = KernelSymbols(path: "/proc/self/no-symbols")
  var functionListIsOwn = false
  var facilities: [KernelFacility: Bool] = [.tracefs: true]

  func traceFile(_ path: String) throws(SystemCallError) -> [UInt8] {
    guard let text = files[path] else {
      throw SystemCallError(call: "openat", subject: path, errno: .noSuchFileOrDirectory)
    }
    return Array(text.utf8)
  }

  func types(ofModule module: String?) -> TypeGraph? { module.map { moduleTypes[$0] } ?? types }
  func modulesWithTypes() -> [String] { Array(moduleTypes.keys) }
  func has(_ facility: KernelFacility) -> Bool? { facilities[facility] }

  /// A kernel with a handful of tracepoints and functions.
  static let small = RecordedSource(files: [
    "available_events": """
    syscalls:sys_enter_openat
    syscalls:sys_exit_openat
    sched:sched_switch
    syscalls:sys_enter_open
    syscalls:sys_enter_read
    block:block_io_start
    sched2:x

    """,
    "events/syscalls/sys_enter_openat/format": TracepointFormatTests.openat,
    "available_filter_functions": """
    vfs_read
    vfs_write
    __ftrace_invalid_address___64
    tcp_connect
    vfs_read.part.0
    ext4_file_open [ext4]
    vfs_read [odd]

    """,
  ])
}
