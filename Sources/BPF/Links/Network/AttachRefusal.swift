public import KernelInterface
public import LinuxSystem

/// A place that did not take a program: what was asked, what the kernel answered, and why, as far as it can be told.
///
/// What can be done about it: ``remedy``.
public struct AttachRefusal: Error, Hashable, Sendable {
  /// Why.
  public enum Cause: Hashable, Sendable {
    /// The calling thread's network has no such interface.
    case noSuchInterface(String)
    /// The place takes programs of other types.
    case wrongProgramType(given: ProgramType, expected: [ProgramType])
    /// The program was not loaded for this place (`expected_attach_type`).
    case wrongAttachType(given: AttachType?, expected: AttachType)
    /// Programs are there that let no other in.
    case occupied(programIDs: [UInt32])
    /// What was there, or its order, is not what was expected.
    case changed(revision: UInt64?)
    /// The program or link to be beside is not there.
    case noSuchNeighbour
    /// This kernel has no such place.
    case absent(KernelFeatureAbsence)
    /// This kernel has the place, but not what was asked of it; with the first kernel that has it.
    case missing(facility: String, firstKernel: KernelVersion)
    /// The kernel's error number is all that is known.
    case unknown
  }

  /// What was to be attached: "program 'count'", "map 'operations'".
  public var subject: String
  /// Where it was to go: "xdp of eth0".
  public var place: String
  /// Why.
  public var cause: Cause
  /// The call that failed; nil when none was made.
  public var error: SystemCallError?
  /// What the kernel said in words, as only netlink does.
  public var message: String?

  init(
    program: String, place: String, cause: Cause, error: SystemCallError? = nil, message: String? = nil
  ) { self.init("program '\(program)'", place: place, cause: cause, error: error, message: message) }

  init(_ subject: String, place: String, cause: Cause, error: SystemCallError? = nil, message: String? = nil) {
    self.subject = subject
    self.place = place
    self.cause = cause
    self.error = error
    self.message = message
  }
}

extension AttachRefusal: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    let beginning = "\(subject) cannot be attached to \(place)"
    let end = [error.map { "\($0.call): \($0.errno)" }, message].compactMap(\.self).joined(separator: ": ")
    let facts =
      switch cause {
      case .noSuchInterface(let name): "there is no interface \(name)"
      case .wrongProgramType(let given, let expected):
        "it is of type \(given), not \(expected.map(\.description).joined(separator: " or "))"
      case .wrongAttachType(let given, let expected):
        given.map { "it was loaded for \($0), not \(expected)" } ?? "it was not loaded for \(expected)"
      case .occupied(let programs):
        switch programs.count {
        case 0: "another program is there"
        case 1: "program \(programs[0]) is there"
        default: "programs \(programs.map(String.init).joined(separator: ", ")) are there"
        }
      case .changed(let revision): "the place has changed" + (revision.map { ": its revision is \($0)" } ?? "")
      case .noSuchNeighbour: "the program or link to be beside is not there"
      case .absent(let absence): "\(absence)"
      case .missing(let facility, _): "this kernel has no \(facility)"
      case .unknown: end
      }
    return "\(beginning): \(facts)" + (cause == .unknown || end.isEmpty ? "" : " (\(end))")
  }

  /// What to do about it; nil when there is nothing to say.
  public var remedy: String? {
    switch cause {
    case .noSuchInterface:
      "interfaces belong to a network name space: see 'ip link', and NetworkNamespace for another than the thread's"
    case .wrongProgramType(_, let expected): expected.first.map { "load it as a program of type \($0)" }
    case .wrongAttachType(_, let expected): "load it with the expected attach type \(expected)"
    case .occupied(let programs):
      programs.isEmpty ? nil : "take it off, or give it as the program to be replaced, where the place can do that"
    case .changed: "ask what is there and try again"
    case .noSuchNeighbour: "ask what is there: the neighbour must be attached to the same place"
    case .missing(_, let version): "Linux \(version.major).\(version.minor) is the first to have it, when built with it"
    case .absent, .unknown: nil
    }
  }
}
