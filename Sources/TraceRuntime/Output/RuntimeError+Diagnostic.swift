import Diagnostics
import LinuxSystem
import TraceCompiler

/// What is said when a step of a program failed while it ran.
extension RuntimeError {
  /// The helper that failed, where the failure is one's.
  var helper: String? {
    switch self {
    case .helper(let name): name
    case .mapFull: "map_update_elem"
    default: nil
    }
  }

  /// Whether only those who ask for all warnings hear of it: programs look for what is not there all the time, and a
  /// read that fails gives zero.
  var isUsual: Bool {
    if case .helper(let name) = self { return name == "map_lookup_elem" || name.hasPrefix("probe_read") }
    return false
  }

  /// The failure in one sentence; `returned` is what the helper gave.
  func message(returned: Int64) -> String {
    switch self {
    case .divisionByZero:
      return "Divide or modulo by 0 detected. The result is not meaningful: 1 was used"
    case .arrayOutOfBounds:
      return "Array access out of bounds. The result is not meaningful: 0 was used"
    case .helper("map_lookup_elem"):
      return "Can't lookup map element because it does not exist."
    case .helper("map_delete_elem"):
      return "Can't delete map element because it does not exist."
    case .helper:
      guard returned < 0, let number = Int32(exactly: returned.magnitude) else { return "the result is \(returned)" }
      return SystemErrno(rawValue: number).text
    case .mapFull(let map):
      return
        "Map full; can't update element. Try increasing max_map_keys config or declaring a bigger map, "
        + "for example `let \(map) = hash(100000);`"
    case .loopLimit(let rounds):
      return "the loop was ended after \(rounds) rounds, the most that one program may make"
    case .stackTableFull:
      return "no room for another stack: this event's stack is missing"
    }
  }

  /// The failure as a warning at the script's place, in bpftrace's shape.
  func diagnostic(at span: SourceSpan, returned: Int64) -> Diagnostic {
    var text = message(returned: returned)
    if let helper { text += "\nAdditional Info - helper: \(helper), retcode: \(returned)" }
    return Diagnostic(.warning, id: "runtime-error", at: span, text)
  }
}
