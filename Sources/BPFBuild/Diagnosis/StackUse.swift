internal import Diagnostics

/// What fills the stack of a program.
extension Rewriting {
  /// That the local values of a function are too big, told at the biggest.
  func stackProblem(ofFunction name: String) -> BuildProblem {
    let locals = bigLocals(ofFunction: name)
    var hints = ["keep big values in a per-CPU array map of one element, or in a ring buffer's record"]
    let others = locals.dropFirst().prefix(3).map { "\($0.size) at \($0.place.file):\($0.place.line)" }
    if let biggest = locals.first {
      let rest = others.isEmpty ? "" : ", others \(others.joined(separator: ", "))"
      hints.insert("the value here takes \(biggest.size) bytes\(rest)", at: 0)
    }
    return BuildProblem(
      "stack", "the local values of the program '\(name)' need more than the 512 bytes of its stack",
      at: locals.first?.place ?? places[name], hints: hints)
  }

  private struct Local: Hashable {
    var size: Int
    var place: SourcePlace
  }

  /// The local values of 32 bytes and more of a function and of those that it calls, the biggest first; one for a line.
  private func bigLocals(ofFunction name: String) -> [Local] {
    var locals: [SourcePlace: Local] = [:]
    var work = names.filter { $0.value == name }.map(\.key)
    var seen = Set(work)
    while let symbol = work.popLast() {
      guard let function = input.function(symbol) else { continue }
      function.forEachSymbol { symbol, _ in
        if seen.insert(symbol).inserted { work.append(symbol) }
      }
      for instruction in function.body {
        guard let value = instruction.result, let size = size(of: instruction), size >= 32,
          let place = debug.place(ofLocal: value, in: function)
        else { continue }
        let line = SourcePlace(file: place.file, line: place.line, column: 0)
        if locals[line]?.size ?? 0 < size { locals[line] = Local(size: size, place: place) }
      }
    }
    return locals.values.sorted { ($0.size, $1.place.line) > ($1.size, $0.place.line) }
  }

  /// The bytes of `alloca %T, align 8` or `alloca i8, i64 600, align 8`.
  private func size(of instruction: IRInstruction) -> Int? {
    var cursor = IRCursor(instruction.text)
    guard cursor.skip("alloca "), let type = cursor.type(), let layout = sizes.layout(of: type) else { return nil }
    guard cursor.skip(", i"), cursor.integer() != nil, cursor.skip(" "), let count = cursor.integer() else {
      return layout.size
    }
    let (size, overflow) = layout.stride.multipliedReportingOverflow(by: count)
    return overflow ? nil : size
  }
}

extension DebugInformation {
  /// Where a local value is used first, which is where it is declared.
  func place(ofLocal value: String, in function: IRFunction) -> SourcePlace? {
    for instruction in function.body where instruction.text.contains(text: value) {
      let words = instruction.text.split { " ,()".contains($0) }
      if words.contains(Substring(value)), let place = place(of: instruction) { return place }
    }
    return nil
  }
}
