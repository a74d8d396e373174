public import BPF
public import LinuxSystem

/// Why a run cannot be made, or cannot go on.
public enum RunFailure: Error, Sendable {
  /// A variable cannot be set as it was asked for.
  case setting(SettingError)
  /// An event map or a struct that `--event` names is not there.
  case recordType(RecordTypeError)
  /// The object cannot be loaded.
  case load(LoadError)
  /// A program cannot be attached to what it names.
  case attach(program: String, BPFError)
  /// Not one program could be attached.
  case nothingAttached
  /// A buffer or a map cannot be read.
  case map(BPFError)
  /// The output cannot be written.
  case output(SystemCallError)
  /// Something that the machine always has could not be had.
  case system(SystemCallError)
}

extension RunFailure: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .setting(let error): "\(error)"
    case .recordType(let error): "\(error)"
    case .load(let error): "\(error)"
    case .attach(let program, let error): "program '\(program)' cannot be attached: \(error)"
    case .nothingAttached: "there is nothing to run: no program could be attached"
    case .map(let error): "\(error)"
    case .output(let error), .system(let error): "\(error)"
    }
  }
}

extension RunFailure {
  /// The failure as a person reads it: what the verifier refuses, with the source line; else the facts on a line.
  ///
  /// - Parameters:
  ///   - isVerbose: whether the verifier's whole log is added.
  ///   - isColoured: whether the text may carry colours.
  public func text(isVerbose: Bool, isColoured: Bool) -> String {
    guard case .load(.program(_, .programRefused(let refusal))) = self else { return "ERROR: \(self)\n" }
    var text = refusal.rendered(isColoured: isColoured)
    if isVerbose, !refusal.log.text.isEmpty { text += "The verifier's log:\n\(refusal.log.text)\n" }
    return text
  }
}
