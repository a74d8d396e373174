internal import Diagnostics

/// Turns relaxed atomic loads and stores into volatile ones, which are the same instructions.
///
/// The backend selects atomic loads and stores only for instruction set v4; what reads, changes and writes it knows since
/// v3. A stronger order than relaxed cannot be expressed before v4 and is told.
enum RelaxedAtomics: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    if rewriting.options.instructionSet >= .v4 { return }
    for index in rewriting.module.functions.indices {
      for line in rewriting.module.functions[index].body.indices {
        let instruction = rewriting.module.functions[index].body[line]
        for operation in ["load", "store"] where instruction.text.hasPrefix("\(operation) atomic ") {
          guard let order = instruction.text.firstRange(ofText: " monotonic, align")?.lowerBound else {
            rewriting.report(.orderedAtomic(operation, at: rewriting.debug.place(of: instruction)))
            continue
          }
          let before = instruction.text[..<order].dropFirst(operation.utf8.count + " atomic".utf8.count)
          let after = instruction.text[order...].dropFirst(" monotonic".utf8.count)
          rewriting.module.functions[index].body[line].text = "\(operation) volatile\(before)\(after)"
        }
      }
    }
  }
}
