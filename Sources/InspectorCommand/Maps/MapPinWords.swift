internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `pin` and `freeze`.
extension InspectorObject {
  static func pinMap(_ call: inout InspectorCall) throws(InspectorError) {
    let selection = try MapSelection(takingOneFrom: &call)
    guard let path = call.words.popFirst() else { throw .usage("expected the file at which the map is to be pinned") }
    try call.expectEnd()
    try selection.one().pin(at: path, in: call)
    try call.answerDone()
  }

  static func freezeMap(_ call: inout InspectorCall) throws(InspectorError) {
    let selection = try MapSelection(takingOneFrom: &call)
    try call.expectEnd()
    let map = try selection.one()
    do throws(BPFError) { try map.freeze() } catch { throw .library(error) }
    try call.answerDone()
  }
}

extension Map {
  /// Pins the map; a folder of another file system is refused, and nothing is mounted over it.
  func pin(at path: String, in call: InspectorCall) throws(InspectorError) {
    do throws(BPFError) { try pin(at: path) } catch {
      guard case .systemCall(let refusal) = error, refusal.errno == .notPermitted else { throw .library(error) }
      let table = (try? FileSystem.text(of: "/proc/self/mountinfo")).map { MountTable(mountinfo: Array($0.utf8)) }
      let points = table?.points(of: "bpf") ?? []
      throw .refused(
        "\(path) cannot be pinned: it is in no bpf file system, or that one is not yours to write to; "
          + (points.isEmpty
            ? "none is mounted (mount -t bpf bpf /sys/fs/bpf)"
            : "mounted: \(points.joined(separator: ", "))"),
        refusal.errno)
    }
  }
}
