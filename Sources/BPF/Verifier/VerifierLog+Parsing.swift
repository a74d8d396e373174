internal import Diagnostics

extension VerifierLog {
  /// Takes a log apart; any bytes are a log.
  ///
  /// Lines: `print_bpf_insn` and `verbose_linfo` in the kernel's `kernel/bpf`: "12: (85) call bpf_get_stack#67" is an
  /// instruction, "12: R1=ctx() R10=fp0" or "; R1_w=…" the state of registers, "; x = 1; @ file.c:3" a source line,
  /// "from 3 to 12: R0=…" the state at the target of a jump, "mark_precise: …" the verifier's own accounts.
  public init(parsing bytes: some Sequence<UInt8>) {
    let text = String(decoding: Array(bytes), as: UTF8.self)
    var reader = LogReader()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var index = 0
    var report: Report?
    while index < lines.count {
      if lines[index].hasPrefix("Verification failed") {
        report = Report(lines, &index)
      } else {
        reader.read(lines[index])
        index += 1
      }
    }
    self.text = text
    let named = reader.reasons.lazy.compactMap { Self.instructionNamed(in: $0) }.first
    instruction = report?.error?.instruction ?? reader.instruction?.number ?? named
    instructionText = reader.instruction?.text ?? report?.error?.instructionText
    source = reader.source ?? report?.error?.source
    registers = reader.registers
    registerStates = reader.states.known
    calls = reader.calls
    reasons = reader.reasons.isEmpty ? report.map { [$0.reason] } ?? [] : reader.reasons
    self.report = report
    statistics = reader.statistics
  }

  /// The number in "unreachable insn 2" or "back-edge from insn 5 to 1", for refusals before any instruction is walked.
  static func instructionNamed(in text: some StringProtocol) -> Int? {
    guard let range = text.firstRange(ofText: "insn ") else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
  }
}

/// Remembers what the lines of a log said last.
private struct LogReader {
  var instruction: (number: Int, text: String)?
  var source: VerifierLog.SourceLine?
  var registers: String?
  var reasons: [String] = []
  var states = RegisterStates()
  /// The slots of the calls whose functions are being walked.
  var calls: [Int] = []
  var statistics: VerifierLog.Statistics?
  /// The state behind the instruction that was read last.
  private var pending: Substring?
  /// Whether the states were told whole since that instruction.
  private var isStateWhole = false

  /// Beginnings of lines in which the verifier tells of its own work.
  private static let accounts = [
    " ", "func#", "Func#", "Live regs before insn:", "mark_precise:", "regs=", "last_idx", "parent ", "propagating",
    "frame ", "verification time", "stack depth", "old state:", "cur state:", "caller:", "callee:",
    "returning from callee:", "to caller at", "Validating ", "arg#", "topo_order", "subprog#", "stack use/def",
  ]

  mutating func read(_ line: Substring) {
    if line.hasPrefix(" R"), line.contains("=") {
      // Up to 5.16 the state behind a jump stands on a line of its own.
      registers = Self.trimmed(line)
      states.replace(by: line)
      isStateWhole = true
      return
    }
    if line == "callee:" {
      if let instruction { calls.append(instruction.number) }
      return
    }
    if line == "returning from callee:" {
      calls = calls.dropLast()
      return
    }
    if line.hasPrefix(" frame") {
      registers = Self.trimmed(line)
      enter(line)
      return
    }
    if line.isEmpty || Self.accounts.contains(where: line.hasPrefix) { return }
    if line.hasPrefix("processed ") {
      statistics = Self.statistics(line)
    } else if line.hasPrefix(";") {
      readComment(line.dropFirst())
    } else if line.hasPrefix("from "), let colon = line.firstIndex(of: ":") {
      registers = Self.trimmed(line[colon...].dropFirst())
      enter(line[colon...].dropFirst())
    } else if let (number, rest) = Self.numbered(line) {
      readNumbered(number, rest)
    } else {
      reasons.append(Self.trimmed(line))
    }
  }

  /// "12: (bf) r2 = r10    ; R2_w=fp0 R10=fp0", "12: R1=ctx() R10=fp0" or "12: safe".
  private mutating func readNumbered(_ number: Int, _ rest: Substring) {
    if !rest.hasPrefix("(") {
      if rest.hasPrefix("R") || rest.hasPrefix("frame") {
        registers = Self.trimmed(rest)
        enter(rest)
      }
      return
    }
    reasons.removeAll()
    // The instruction before this one has been carried out.
    if let instruction, !isStateWhole { states.forgetResults(of: instruction.text) }
    if let pending { states.merge(pending) }
    pending = nil
    isStateWhole = false
    var text = rest
    if let behind = rest.firstRange(ofText: " ; ") {
      text = rest[..<behind.lowerBound]
      registers = Self.trimmed(rest[behind.upperBound...])
      pending = rest[behind.upperBound...]
    } else if let loop = rest.firstRange(ofText: "infinite loop detected") {
      // Written behind the jump, on its line.
      text = rest[..<loop.lowerBound]
      reasons = [Self.trimmed(rest[loop.lowerBound...])]
    } else if let state = Self.stateBehindJump(rest) {
      text = rest[..<state.start]
      registers = state.registers
      pending = Substring(state.registers)
    }
    instruction = (number, Self.trimmed(text))
  }

  /// A whole state: the registers of the function that is being walked now.
  private mutating func enter(_ state: Substring) {
    let state = state.drop { $0 == " " }
    var depth = 0
    if state.hasPrefix("frame"), let colon = state.firstIndex(of: ":") {
      depth = Int(state[..<colon].dropFirst(5)) ?? 0
    }
    // Another path begins further out.
    if depth < calls.count { calls.removeSubrange(max(depth, 0)...) }
    states.replace(by: state)
    // What the last instruction did is in it already.
    pending = nil
    isStateWhole = true
  }

  /// A jump that is followed for the second time has the state at its target on its own line:
  /// "2: (55) if r0 != 0x7 goto pc-2 1: R0=scalar()".
  private static func stateBehindJump(_ rest: Substring) -> (start: Substring.Index, registers: String)? {
    guard let colon = rest.firstRange(ofText: ": R") else { return nil }
    let before = rest[..<colon.lowerBound]
    guard let blank = before.lastIndex(of: " "), Int(before[blank...].dropFirst()) != nil else { return nil }
    return (blank, trimmed(rest[colon.lowerBound...].dropFirst()))
  }

  private mutating func readComment(_ comment: Substring) {
    let text = Self.trimmed(comment)
    // A state without an instruction, as 5.17 writes it after a jump.
    if text.hasPrefix("R"), text.dropFirst().first?.isNumber == true, text.contains("=") {
      registers = text
      return
    }
    var line = VerifierLog.SourceLine(text: text)
    let pieces = text.pieces(separatedBy: " @ ")
    if pieces.count > 1, let place = pieces.last {
      if let colon = place.lastIndex(of: ":"), let number = Int(place[colon...].dropFirst()) {
        line = VerifierLog.SourceLine(
          text: Self.trimmed(text[..<text.utf8.index(place.startIndex, offsetBy: -3)]), file: String(place[..<colon]),
          line: number)
      }
    }
    source = line
  }

  /// Splits "12: rest".
  private static func numbered(_ line: Substring) -> (number: Int, rest: Substring)? {
    guard let colon = line.firstRange(ofText: ": "), let number = Int(line[..<colon.lowerBound]), number >= 0 else {
      return nil
    }
    return (number, line[colon.upperBound...])
  }

  private static func statistics(_ line: Substring) -> VerifierLog.Statistics? {
    let words = line.split(separator: " ")
    guard words.count > 4, let processed = Int(words[1]), words[3] == "(limit", let limit = Int(words[4].dropLast())
    else { return nil }
    return VerifierLog.Statistics(processedInstructions: processed, limit: limit)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0 == " " }
    return String(start.prefix(upTo: start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex))
  }
}
