public import KernelInterface
public import LinuxSystem

/// A program that the kernel refused: where, why, and what to do about it.
///
///     do {
///       _ = try Program(spec)
///     } catch .programRefused(let refusal) {
///       print(refusal)                // one line
///       print(refusal.rendered())     // with the source line, marked, and the remedies
///       print(refusal.log.text)       // all that the verifier said
///     }
public struct VerifierRefusal: Error, Hashable, Sendable {
  /// The program's name.
  public let program: String
  /// What kind of program it is.
  public let type: ProgramType
  /// The failed call.
  public let error: SystemCallError
  /// What the verifier said, taken apart; its ``VerifierLog/text`` is empty when the program did not get that far.
  public let log: VerifierLog
  /// Whether the log's beginning is missing, because it is too long.
  public let isLogCut: Bool
  /// What kind of mistake it is.
  public let cause: Cause
  /// The reason in the verifier's own words, or the call's error, on one line.
  public let reason: String
  /// The slot of the instruction that was refused; nil when no single one was.
  public let instruction: Int?
  /// That instruction as the kernel writes it: "(79) r0 = *(u64 *)(r7 +0)".
  public let instructionText: String?
  /// The function that it stands in; nil without type information.
  public let function: String?
  /// The source line that it comes from; nil without line information.
  public let place: SourcePlace?
  /// How the verifier got there: the calls from the program's entry on, the outermost first.
  public let calls: [Call]
  /// What was acquired and is not given back: the call that did; nil for other mistakes.
  public let acquisition: Call?
  /// The registers that the reason or the instruction names, as they were before the instruction.
  public let registers: [Register]
  /// What helps, the likeliest first.
  public let remedies: [String]

  /// A call on the way to the refused instruction.
  public struct Call: Hashable, Sendable {
    /// The slot of the call.
    public var instruction: Int
    /// The function that calls; nil without type information.
    public var function: String?
    /// The call's source line; nil without line information.
    public var place: SourcePlace?
  }

  /// A register's state as the verifier writes it.
  public struct Register: Hashable, Sendable {
    /// "R7".
    public var name: String
    /// "map_value(ks=4,vs=8,umax=4294967295)".
    public var state: String
  }
}

extension VerifierRefusal {
  /// Puts together what is known of a refusal.
  ///
  /// - Parameters:
  ///   - source: where the program's instructions come from.
  ///   - poisoned: the instructions that relocation could not complete.
  ///   - features: whom to ask which programs may use a helper, and what a kernel lacks; nil asks nobody.
  public init(
    program: String, load: ProgramLoad, refusal: ProgramRefusal, source: ProgramSource? = nil,
    poisoned: [PoisonedInstruction] = [], features: KernelFeatures? = nil
  ) {
    let log = VerifierLog(parsing: refusal.log)
    self.program = program
    self.log = log
    type = load.type
    error = refusal.error
    isLogCut = refusal.logIsCut
    instruction = log.instruction
    instructionText = log.instructionText
    func call(at slot: Int) -> Call {
      Call(instruction: slot, function: source?.function(of: slot), place: source?.place(of: slot))
    }
    calls = log.calls.map(call)
    acquisition = log.acquisition.map(call)
    function = log.instruction.flatMap { source?.function(of: $0) }
    place = log.instruction.flatMap { source?.place(of: $0) } ?? log.source?.place
    let lacking = poisoned.first { $0.instruction == log.instruction }
    var cause = Cause(of: log, refusal.error)
    if cause == .unknownHelper, lacking != nil || log.helperNumber == PoisonedInstruction.helper {
      cause = .poisonedRelocation
    }
    let named =
      log.reasons.flatMap(VerifierLog.registersNamed) + VerifierLog.registersUsed(in: log.instructionText ?? "")
    var seen: Set<String> = []
    registers = named.compactMap { name in
      guard seen.insert(name).inserted, let state = log.registerStates[name] else { return nil }
      return Register(name: name, state: state)
    }
    self.cause = cause
    let facts = Facts(load: load, error: refusal.error, log: log, lacking: lacking, features: features)
    reason = cause.reason(facts)
    remedies = cause.remedies(facts)
  }

  /// What the words of a cause are made from.
  struct Facts {
    var load: ProgramLoad
    var error: SystemCallError
    var log: VerifierLog
    var lacking: PoisonedInstruction?
    var features: KernelFeatures?
  }
}

extension VerifierRefusal: CustomStringConvertible {
  /// One line: which program, where, why, and the likeliest remedy.
  ///
  /// "program 'count' refused at count.bpf.c:12:7 in 'bump' (instruction 7): R0 invalid mem access
  /// 'map_value_or_null'; compare the pointer with NULL first".
  public var description: String {
    var text = "program '\(program)' refused"
    if let place { text += " at \(place)" }
    if let function { text += " in '\(function)'" }
    if let instruction { text += " (instruction \(instruction))" }
    text += ": \(reason)"
    if let remedy = remedies.first { text += "; \(remedy)" }
    return text
  }
}
