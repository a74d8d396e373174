internal import Inspector
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

/// `dump`.
extension InspectorObject {
  /// What a dump is to look like.
  private struct DumpForm {
    var options: ListingOptions = []
    var isGraph = false
    var isPicture = false
    var file: String?
  }

  static func dumpPrograms(_ call: inout InspectorCall) throws(InspectorError) {
    guard let what = call.takeKeyword(["xlated", "jited"]) else {
      throw .usage("expected 'xlated' or 'jited'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
    }
    let isMachineCode = what == "jited"
    let programs = try ObjectSelection(.program, takingOneFrom: &call)
    let form = try takeForm(&call, isMachineCode: isMachineCode)
    if let file = form.file {
      let program = try programs.one()
      let bytes = try InspectorError.wrap { () throws(SystemCallError) in
        try isMachineCode ? call.kernel.machineCode(of: program) : call.kernel.translatedInstructions(of: program)
      }
      guard bytes.contains(where: { $0 != 0 }) else {
        throw .failed("the kernel shows no \(isMachineCode ? "machine code" : "instructions") of this program")
      }
      try InspectorError.wrap { () throws(SystemCallError) in
        let output = BufferedOutput(try FileSystem.open(file, .createPrivate), subject: file, buffering: .full)
        try output.write(bytes[...])
        try output.flush()
      }
      return try call.answerDone()
    }
    if isMachineCode { return try dumpMachineCode(programs, form, call) }
    try dumpTranslated(programs, form, call)
  }

  private static func takeForm(_ call: inout InspectorCall, isMachineCode: Bool) throws(InspectorError) -> DumpForm {
    var form = DumpForm()
    while let word = call.takeKeyword(["file", "opcodes", "linum"] + (isMachineCode ? [] : ["visual", "svg"])) {
      switch word {
      case "file": form.file = try call.takeWord("the file to write to")
      case "opcodes": form.options.insert(.opcodes)
      case "linum": form.options.insert(.lineNumbers)
      case "svg": form.isPicture = true
      default: form.isGraph = true
      }
    }
    try call.expectEnd()
    if form.file != nil, form.isGraph || form.isPicture || !form.options.isEmpty {
      throw .usage("'file' writes the bytes alone: it goes with no other word")
    }
    return form
  }

  private static func dumpTranslated(
    _ programs: ObjectSelection, _ form: DumpForm, _ call: InspectorCall
  ) throws(InspectorError) {
    // One table of symbols serves all programs.
    let symbols = KernelSymbols()
    let kernel = call.kernel
    var all: [(ProgramFacts, TranslatedProgram)] = []
    try programs.forEach { program throws(InspectorError) in
      all.append(
        (try ProgramFacts(program, kernel: kernel), try TranslatedProgram(program, symbols: symbols, kernel: kernel)))
    }
    func picture(of program: TranslatedProgram) -> String {
      form.isPicture ? program.flowGraphPicture(form.options) : program.flowGraphText(form.options)
    }
    let isDrawn = form.isPicture || form.isGraph
    try write(
      all, call,
      to: { program, json throws(SystemCallError) in
        if isDrawn { try json.value(picture(of: program)) } else { try program.write(to: &json, form.options) }
      }
    ) {
      program, output throws(SystemCallError) in
      if isDrawn {
        try output.write(picture(of: program))
      } else {
        try program.writeText(to: output, form.options)
      }
    }
  }

  private static func dumpMachineCode(
    _ programs: ObjectSelection, _ form: DumpForm, _ call: InspectorCall
  ) throws(InspectorError) {
    let disassembler = try Disassembler()
    let symbols = KernelSymbols()
    let kernel = call.kernel
    var all: [(ProgramFacts, MachineProgram)] = []
    try programs.forEach { program throws(InspectorError) in
      all.append(
        (
          try ProgramFacts(program, kernel: kernel),
          try MachineProgram(program, by: disassembler, symbols: symbols, kernel: kernel)
        ))
    }
    try write(all, call, to: { program, json throws(SystemCallError) in try program.write(to: &json, form.options) }) {
      program, output throws(SystemCallError) in try program.writeText(to: output, form.options)
    }
  }

  /// Writes a program alone, or several with their headings.
  private static func write<Code>(
    _ all: [(ProgramFacts, Code)], _ call: InspectorCall,
    to writeJSON: (Code, inout JSONWriter) throws(SystemCallError) -> Void,
    text: (Code, BufferedOutput) throws(SystemCallError) -> Void
  ) throws(InspectorError) {
    do throws(SystemCallError) {
      if call.options.isJSON {
        var json = JSONWriter(to: call.output, isPretty: call.options.isPretty)
        if all.count == 1 { return try writeJSON(all[0].1, &json) }
        return try json.array { json throws(SystemCallError) in
          for (facts, program) in all {
            try json.object { json throws(SystemCallError) in
              try facts.writeHeading(to: &json)
              try json.name("insns")
              try writeJSON(program, &json)
            }
          }
        }
      }
      for (place, (facts, program)) in all.enumerated() {
        if all.count > 1 { try call.output.write("\(place > 0 ? "\n" : "")\(facts.heading)\n") }
        try text(program, call.output)
      }
    } catch { throw .systemCall(error) }
  }
}
