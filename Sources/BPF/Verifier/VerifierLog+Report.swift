internal import Diagnostics

extension VerifierLog.Report {
  /// Reads the sections that begin at `index`, each a title at the left margin with its text indented below by two
  /// blanks: `bpf_diag_header`, `diag_section` in the kernel's `kernel/bpf/diagnostics.c`.
  init(_ lines: [Substring], _ index: inout Int) {
    self.init(title: "", reason: "", at: [], causalPath: [], suggestion: "")
    title = String(lines[index].drop { $0 != ":" }.dropFirst().drop { $0 == " " })
    index += 1
    var section: Substring = ""
    while index < lines.count {
      let line = lines[index]
      if line.isEmpty || line.hasPrefix(" ") {
        let content = line.hasPrefix("  ") ? line.dropFirst(2) : line
        // Long texts are wrapped.
        switch section {
        case _ where content.isEmpty: break
        case "Reason": reason += (reason.isEmpty ? "" : " ") + content
        case "At": at.append(String(content))
        case "Causal path": causalPath.append(String(content))
        case "Suggestion": suggestion += (suggestion.isEmpty ? "" : " ") + content
        default: break
        }
      } else if line.hasSuffix(":") {
        section = line.dropLast()
      } else {
        break
      }
      index += 1
    }
    error = VerifierLog.Step.read(from: at).first
    steps = VerifierLog.Step.read(from: causalPath)
  }
}

extension VerifierLog.Step {
  /// Finds the places in a section's lines.
  ///
  ///     count @ count.bpf.c:12:7          (or "insn 3" without line information)
  ///     Source context:
  ///         11 |   struct value *value = bpf_map_lookup_elem(&values, &key);
  ///     >>> 12 |   value->count++;
  ///            |   ^-- error: R0 may be NULL
  ///     Instruction context:
  ///     >>> 3 | (79) r1 = *(u64 *)(r0 +0)
  fileprivate static func read(from lines: [String]) -> [Self] {
    var steps: [Self] = []
    var isAmongInstructions = false
    var isInRemark = false
    for line in lines {
      if let step = Self(heading: line) {
        steps.append(step)
        isAmongInstructions = false
        isInRemark = false
        continue
      }
      guard var step = steps.popLast() else { continue }
      if line == "Instruction context:" {
        isAmongInstructions = true
      } else if let bar = line.firstIndex(of: "|") {
        let number = line[..<bar]
        let text = line[line.index(after: bar)...].drop { $0 == " " }
        if line.hasPrefix(">>> ") {
          isInRemark = false
          if isAmongInstructions {
            step.instruction = Int(number.dropFirst(4).filter { $0 != " " }) ?? step.instruction
            step.instructionText = String(text)
          } else {
            step.source?.text = String(text)
          }
        } else if number.allSatisfy({ $0 == " " }) {
          if text.hasPrefix("^-- "), let colon = text.firstRange(ofText: ": ") {
            step.label = String(text[..<colon.lowerBound].dropFirst(4))
            step.message = String(text[colon.upperBound...])
            isInRemark = true
          } else if isInRemark {
            step.message += " " + text
          }
        } else {
          isInRemark = false
        }
      }
      steps.append(step)
    }
    return steps
  }

  /// Reads the first line of a place; nil for any other.
  private init?(heading line: String) {
    self.init(label: "", message: "")
    if line.hasPrefix("insn "), let number = Int(line.dropFirst(5)) {
      instruction = number
      return
    }
    guard !line.hasPrefix(" "), !line.hasPrefix(">>>") else { return nil }
    var place = line[...]
    if let at = line.firstRange(ofText: " @ ") {
      function = String(line[..<at.lowerBound])
      place = line[at.upperBound...]
    }
    let parts = place.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, let number = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1]) else {
      return nil
    }
    source = VerifierLog.SourceLine(text: "", file: parts.dropLast(2).joined(separator: ":"), line: number)
    self.column = column
  }
}
