internal import BTF
internal import Bytecode
internal import ELF
internal import KernelInterface

extension ObjectWriter {
  /// Gives each function its section and its place in it, and a symbol.
  mutating func placeFunctions() throws(ObjectError) {
    var sections: [String: Int] = [:]
    var names: [String: String] = [:]
    for program in object.programs where names[program.name] == nil {
      names[program.name] = (program.isLoaded ? "" : "?") + (try sectionName(of: program))
    }
    // The only function of an object may be a program although it stands where functions do that are called.
    for (index, function) in object.functions.enumerated() {
      let name = names.removeValue(forKey: function.name) ?? function.sectionName
      let place = sections[name] ?? code.count
      if place == code.count {
        sections[name] = place
        code.append(Code(name: name))
        codeSections.append(
          file.addSection(name, flags: [.allocated, .executable], alignment: 8, contents: []))
      }
      let offset = code[place].size
      code[place].functions.append((index, offset))
      code[place].size += function.instructions.count * 8
      let binding: SymbolBinding =
        switch function.linkage {
        case .static: .local
        case .global: .global
        case .weak: .weak
        }
      functions[function.name] = Place(
        section: codeSections[place], offset: offset,
        symbol: file.addSymbol(
          function.name, .function, binding, visibility: function.isHidden ? 2 : 0,
          place: .section(codeSections[place]), value: offset, size: function.instructions.count * 8))
    }
  }

  /// The section whose name says what a program is: its own, or another when the program was changed.
  private func sectionName(of program: ObjectProgram) throws(ObjectError) -> String {
    let section = program.section
    let isOfItsSection =
      program.type == section?.programType ?? .unspecified && program.expectedAttachType == section?.expectedAttachType
      && program.flags == section?.loadFlags ?? []
    if isOfItsSection, program.attachTarget == section?.target { return program.sectionName }
    let names = isOfItsSection ? [section].compactMap(\.self) : SectionDefinition.table
    for name in names
    where name.programType == program.type && name.expectedAttachType == program.expectedAttachType
      && name.loadFlags == program.flags
    {
      guard let target = program.attachTarget else { return name.prefix }
      if name.traits.contains(.namesTarget) { return "\(name.prefix)/\(target)" }
    }
    throw failure(
      .unsupported(
        "no section's name says that a program is of type \(program.type)"
          + (program.expectedAttachType.map { " for \($0)" } ?? "")
          + (program.attachTarget.map { " with target '\($0)'" } ?? "")
          + ", loaded with flags \(program.flags.rawValue)"),
      section: program.sectionName, symbol: program.name)
  }

  /// Writes the instructions, with what relocations add to.
  mutating func addCode() throws(ObjectError) {
    for (place, section) in codeSections.enumerated() {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(code[place].size)
      for (index, offset) in code[place].functions {
        let function = object.functions[index]
        var instructions = function.instructions
        for reference in function.references {
          guard instructions.indices.contains(reference.instruction) else {
            throw failure(
              .malformed(
                found: "a reference at instruction \(reference.instruction)", expected: "one of the function's"),
              section: code[place].name, symbol: function.name)
          }
          try refer(
            from: SectionPlace(section: section, offset: offset + reference.instruction * 8), reference,
            &instructions, function)
        }
        bytes += instructions.encoded(isBigEndian: object.byteOrder == .big)
      }
      file.setContents(of: section, to: bytes)
    }
  }

  /// Fills in what the relocation of an instruction adds to, and adds the relocation.
  ///
  /// Types of relocations: `R_BPF_64_64` (1) of wide loads, `R_BPF_64_32` (10) of calls
  /// (`Documentation/bpf/llvm_reloc.rst`).
  private mutating func refer(
    from place: SectionPlace, _ reference: CodeReference, _ instructions: inout [Instruction],
    _ function: FunctionSpec
  ) throws(ObjectError) {
    let index = reference.instruction
    let isWide = instructions[index].isWide
    func missing(_ what: String, _ name: String) -> ObjectError {
      failure(.missing("\(what) '\(name)' that it uses"), section: function.sectionName, symbol: function.name)
    }
    let symbol: ObjectFileBuilder.SymbolReference
    switch reference.target {
    case .map(let name):
      guard let map = maps[name] else { throw missing("the map", name) }
      symbol = map.symbol
    case .mapValue(let map, let offset):
      guard let section = dataSections[map] else { throw missing("the data section of map", map) }
      // A variable by its name, for another object's may take its place.
      let named = variables[map]?.last { $0.variable.offset <= offset }
      if let named, offset - named.variable.offset < max(named.variable.size, 1) {
        symbol = named.symbol
        instructions[index].immediate = Int32(clamping: offset - named.variable.offset)
      } else {
        symbol = self.symbol(ofSection: section)
        instructions[index].immediate = Int32(clamping: offset)
      }
    case .external(let name):
      guard let extern = externs[name] else { throw missing("the extern", name) }
      symbol = extern
    case .function(let name):
      guard let target = functions[name] else { throw missing("the function", name) }
      let isText = codeSections.firstIndex(of: target.section).map { code[$0].name == ".text" } ?? false
      if target.section == place.section, !isText {
        // Only functions of .text are reached by relocations.
        instructions[index].immediate = Int32(clamping: (target.offset - place.offset) / 8 - 1)
        return
      }
      if isLocal(name) {
        symbol = self.symbol(ofSection: target.section)
        instructions[index].immediate = Int32(clamping: target.offset / 8 - 1)
      } else {
        symbol = target.symbol
      }
    case .functionAddress(let name):
      guard let target = functions[name] else { throw missing("the function", name) }
      if isLocal(name) {
        symbol = self.symbol(ofSection: target.section)
        instructions[index].immediate = Int32(clamping: target.offset)
      } else {
        symbol = target.symbol
      }
    }
    file.addRelocation(of: place.section, at: place.offset, type: isWide ? 1 : 10, symbol: symbol)
  }

  private func isLocal(_ name: String) -> Bool { object.functions.first { $0.name == name }?.linkage == .static }
}
