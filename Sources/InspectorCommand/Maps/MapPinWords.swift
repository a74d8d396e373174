internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `freeze`, and pinning maps that are made.
extension InspectorObject {
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
      guard case .systemCall(let refusal) = error else { throw .library(error) }
      throw .pinRefused(path, refusal)
    }
  }
}
