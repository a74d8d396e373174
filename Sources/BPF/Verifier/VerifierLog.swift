/// What the verifier said about a program, taken apart.
///
/// Up to Linux 7.2 the last line before the statistics is the reason. Since 7.3 titled sections follow it. Both are
/// read, so that whoever reports to a person need not look at the text.
public struct VerifierLog: Hashable, Sendable {
  /// All that was said.
  public let text: String
  /// The slot of the instruction that was being checked last; nil when the log says none.
  public let instruction: Int?
  /// That instruction as the kernel writes it, without its number: "(95) exit".
  public let instructionText: String?
  /// The source line that was being checked, from the program's line information.
  public let source: SourceLine?
  /// The registers before that instruction: "R1=ctx() R10=fp0".
  public let registers: String?
  /// What is known of each register before that instruction, "R1" to "ctx()": the last that the log said of it, unless
  /// an instruction has written to it since.
  public let registerStates: [String: String]
  /// The slots of the calls that led to that instruction, the outermost first.
  public let calls: [Int]
  /// Why it was refused, in the verifier's own short words, line by line: ["R0 !read_ok"].
  public let reasons: [String]
  /// The sections of Linux 7.3 and later.
  public let report: Report?
  /// What verification cost.
  public let statistics: Statistics?

  /// A line of source as line information gives it.
  public struct SourceLine: Hashable, Sendable {
    /// The line's text.
    public var text: String
    /// The file's name; nil before Linux 6.7, which does not write it.
    public var file: String?
    /// The line's number in the file.
    public var line: Int?
  }

  /// The titled sections that Linux writes since 7.3.
  public struct Report: Hashable, Sendable {
    /// After "Verification failed:": the class of error and its name, as "Register Type Safety: Unreadable register".
    public var title: String
    /// A sentence.
    public var reason: String
    /// The place, with the source or the instructions around it.
    public var at: [String]
    /// How it came to that.
    public var causalPath: [String]
    /// What would help.
    public var suggestion: String
    /// The place of ``at``, taken apart; nil when nothing in it can be understood.
    public var error: Step?
    /// The events of ``causalPath``, taken apart, in the order of the log.
    public var steps: [Step] = []
  }

  /// A place that a report marks, with what it says there: `bpf_diag_source` in the kernel's `kernel/bpf/diagnostics.c`.
  public struct Step: Hashable, Sendable {
    /// The slot of the instruction.
    public var instruction: Int?
    /// The instruction as the kernel writes it: "(95) exit".
    public var instructionText: String?
    /// The function that it stands in; nil without line information.
    public var function: String?
    /// The source line; nil without line information.
    public var source: SourceLine?
    /// The column in that line, from 1; nil without line information.
    public var column: Int?
    /// What kind of remark it is: "error", "branch".
    public var label: String
    /// The remark: "R0 is not readable".
    public var message: String
  }

  /// The line "processed 2 insns (limit 1000000) …".
  public struct Statistics: Hashable, Sendable {
    /// Instructions walked over, on all paths.
    public var processedInstructions: Int
    /// How many this kernel walks over at most.
    public var limit: Int
  }
}

extension VerifierLog {
  /// Why it was refused, on one line; nil when the log gives no reason.
  public var reason: String? { reasons.isEmpty ? nil : reasons.joined(separator: "; ") }
}
