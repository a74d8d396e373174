internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `pin`, which is the same of programs and links.
extension InspectorObject {
  static func pinObject(_ kind: ObjectKind, _ call: inout InspectorCall) throws(InspectorError) {
    let objects = try ObjectSelection(kind, takingOneFrom: &call)
    let path = try call.takeWord("the file at which it is to be pinned")
    try call.expectEnd()
    let object = try objects.one()
    do throws(SystemCallError) { try call.kernel.pin(object, at: path) } catch { throw .pinRefused(path, error) }
    try call.answerDone()
  }
}

extension InspectorError {
  /// Why nothing could be pinned at a path; a folder of another file system is told, for nothing is mounted over it.
  static func pinRefused(_ path: String, _ refusal: SystemCallError) -> InspectorError {
    guard refusal.errno == .notPermitted else { return .systemCall(refusal) }
    let table = (try? FileSystem.text(of: "/proc/self/mountinfo")).map { MountTable(mountinfo: Array($0.utf8)) }
    let points = table?.points(of: "bpf") ?? []
    return .refused(
      "\(path) cannot be pinned: it is in no bpf file system, or that one is not yours to write to; "
        + (points.isEmpty
          ? "none is mounted (mount -t bpf bpf /sys/fs/bpf)"
          : "mounted: \(points.joined(separator: ", "))"),
      refusal.errno)
  }
}
