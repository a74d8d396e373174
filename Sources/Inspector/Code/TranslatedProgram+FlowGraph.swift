internal import BPF
internal import Bytecode

extension TranslatedProgram {
  /// The ways through the program in the language of Graphviz, as `bpftool prog dump xlated … visual` draws them.
  ///
  /// A function that is only passed as a callback is one of its own, and each way is drawn once.
  public func flowGraphText(_ options: ListingOptions) -> String {
    let flow = FlowGraph(of: self)
    var text = "digraph \"DOT graph for eBPF program\" {\n"
    let lines = Dictionary(lines.map { ($0.slot, $0.place) }) { $1 }
    for (number, function) in flow.functions.enumerated() {
      let prefix = "fn_\(number)_bb_"
      text +=
        "subgraph \"cluster_\(number)\" {\n\tstyle=\"dashed\";\n\tcolor=\"black\";\n\tlabel=\"func_\(number) ()\";\n"
      text += "\t\(prefix)0 [shape=Mdiamond,style=filled,label=\"ENTRY\"];\n\n"
      for block in function.blocks {
        text += "\t\(prefix)\(block - function.blocks.lowerBound + 2) [shape=record,style=filled,label=\"{"
        for (place, slot) in flow.slots(of: block).enumerated() {
          text += place > 0 ? " | " : ""
          text += label(of: slot, in: function, lines[slot], options)
        }
        text += "}\"];\n\n"
      }
      text += "\t\(prefix)1 [shape=Mdiamond,style=filled,label=\"EXIT\"];\n\n"
      text += Self.edge("\(prefix)0", "\(prefix)2")
      for block in function.blocks {
        let from = "\(prefix)\(block - function.blocks.lowerBound + 2)"
        for next in flow.successors(of: block, in: function) {
          text += Self.edge(from, "\(prefix)\(next - function.blocks.lowerBound + 2)")
        }
        if flow.leaves(block) { text += Self.edge(from, "\(prefix)1") }
      }
      text += "\t\(prefix)0:s -> \(prefix)1:n [style=\"invis\", constraint=true];\n}\n"
    }
    return text + "}\n"
  }

  private static func edge(_ from: String, _ to: String) -> String {
    "\t\(from):s -> \(to):n [style=\"solid,bold\", color=black, weight=10, constraint=true];\n"
  }

  private func label(
    of slot: Int, in function: FlowGraph.Function, _ place: SourcePlace?, _ options: ListingOptions
  ) -> String {
    var text = ""
    if slot == function.slot, let signature = functions.first(where: { $0.slot == slot })?.signature,
      !signature.isEmpty
    {
      text += "; \(Self.escaped(signature)):\\l\\\n"
    }
    if let place, !place.text.isEmpty {
      if options.contains(.lineNumbers) {
        text += "; [file:\(Self.escaped(place.file)) line_num:\(place.line) line_col:\(place.column)]\\l\\\n"
      }
      text += "; \(Self.escaped(place.text))\\l\\\n"
    }
    // The numbers begin anew with each function, as bpftool's do.
    let number = String(slot - function.slot)
    let instruction = self.text(of: slot).map { "<>|&".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    text += "\(String(repeating: " ", count: max(0, 4 - number.count)))\(number): \(instruction)\\l\\\n"
    if options.contains(.opcodes) {
      text += "\\ \\ \\ \\ \(bytes(of: slot).map(HexDigits.spaced).joined(separator: " "))\\l\\\n"
    }
    return text
  }

  /// Text that a label of a record shows as it is.
  private static func escaped(_ text: String) -> String {
    text.map { "\\\"{}<>| ".contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}
