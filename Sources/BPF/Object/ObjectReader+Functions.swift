internal import BTF
internal import Bytecode
internal import ELF

extension ObjectReader {
  /// Finds the functions by their symbols, and which of them are programs.
  mutating func findFunctions() throws(ObjectError) {
    var statics: [(section: Int, ObjectSymbol)] = []
    var names: Set<String> = []
    for symbol in symbols where symbol.type == .function {
      guard let section = symbol.section else { continue }
      guard kinds[section] == .code else {
        throw failure(
          .malformed(found: "a function", expected: "functions in sections of code only"), section: section,
          symbol: symbol.name, offset: symbol.value)
      }
      if symbol.binding == .local {
        statics.append((section, symbol))
        continue
      }
      guard names.insert(symbol.name).inserted else {
        throw failure(.duplicate("the function"), section: section, symbol: symbol.name)
      }
      try add(symbol, named: symbol.name, to: section)
    }
    // Objects that were linked from several may have static functions of the same name.
    var numbers: [String: Int] = [:]
    for (section, symbol) in statics {
      var name = symbol.name
      while !names.insert(name).inserted {
        let number = numbers[symbol.name, default: 0] + 1
        numbers[symbol.name] = number
        name = "\(symbol.name).\(number)"
      }
      try add(symbol, named: name, to: section)
    }
    for (section, functions) in functionsBySection {
      functionsBySection[section] = try ordered(functions, section)
    }
    findPrograms()
  }

  private mutating func add(_ symbol: ObjectSymbol, named name: String, to section: Int) throws(ObjectError) {
    let size = Int(clamping: file.sections[section].size)
    guard !name.isEmpty, symbol.size > 0, symbol.size % 8 == 0, symbol.value % 8 == 0, symbol.value <= size,
      symbol.size <= size - symbol.value
    else {
      throw failure(
        .malformed(
          found: "a function of \(symbol.size) bytes",
          expected: "a name, and whole instructions within the \(size) bytes of the section"),
        section: section, symbol: name, offset: symbol.value)
    }
    functionsBySection[section, default: []].append(
      ObjectFunction(name: name, range: symbol.value..<symbol.value + symbol.size, symbol: symbol))
  }

  private func ordered(_ functions: [ObjectFunction], _ section: Int) throws(ObjectError) -> [ObjectFunction] {
    let ordered = functions.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for (function, next) in zip(ordered, ordered.dropFirst()) where next.range.lowerBound < function.range.upperBound {
      throw failure(
        .malformed(
          found: "a function that begins in '\(function.name)'",
          expected: "none before byte \(function.range.upperBound)"),
        section: section, symbol: next.name, offset: next.range.lowerBound)
    }
    return ordered
  }

  /// Programs are the functions that others can see outside of `.text`, in the order of the file; or what stands alone
  /// in `.text`.
  private mutating func findPrograms() {
    for (section, kind) in kinds.enumerated() where kind == .code && file.sections[section].name != ".text" {
      for function in functionsBySection[section] ?? [] where function.symbol.binding != .local {
        object.programs.append(ObjectProgram(name: function.name, sectionName: file.sections[section].name))
      }
    }
    let all = functionsBySection.values.joined()
    if object.programs.isEmpty, let only = all.first, all.dropFirst().isEmpty, let section = only.symbol.section {
      object.programs.append(ObjectProgram(name: only.name, sectionName: file.sections[section].name))
    }
  }

  /// The function that a byte of a section belongs to.
  func function(at offset: Int, in section: Int) -> ObjectFunction? {
    guard let functions = functionsBySection[section] else { return nil }
    var low = 0
    var high = functions.count
    while low < high {
      let middle = (low + high) / 2
      if functions[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < functions.count && functions[low].range.contains(offset) ? functions[low] : nil
  }

  /// The name of the function that begins at a byte of a section.
  func functionName(
    at offset: Int, in section: Int, from place: SectionPlace, symbol: String
  ) throws(ObjectError) -> String {
    guard let function = function(at: offset, in: section), function.range.lowerBound == offset else {
      throw failure(
        .malformed(
          found: "a reference to byte \(offset) of section '\(file.sections[section].name)'",
          expected: "a place where a function begins"),
        section: place.section, symbol: symbol, offset: place.offset)
    }
    return function.name
  }

  /// Reads the instructions of all functions, with what is known about them.
  mutating func readFunctions() throws(ObjectError) {
    let records = try readRecords()
    for (section, kind) in kinds.enumerated() where kind == .code {
      guard let functions = functionsBySection[section] else { continue }
      let bytes = try contents(of: section)
      let references = try readReferences(of: section, bytes)
      var next = 0
      for function in functions {
        var instructions: [Instruction] = []
        instructions.reserveCapacity(function.range.count / 8)
        for offset in stride(from: function.range.lowerBound, to: function.range.upperBound, by: 8) {
          instructions.append(try instruction(at: offset, of: bytes, section))
        }
        var own: [CodeReference] = []
        while next < references.count, references[next].offset < function.range.upperBound {
          let reference = references[next]
          own.append(
            CodeReference(
              instruction: (reference.offset - function.range.lowerBound) / 8, target: reference.target))
          next += 1
        }
        let local = try localCalls(of: function, instructions, except: own, section)
        if !local.isEmpty { own = (own + local).sorted { $0.instruction < $1.instruction } }
        for reference in own { instructions.clearOperand(at: reference.instruction) }
        let symbol = function.symbol
        object.functions.append(
          FunctionSpec(
            name: function.name, sectionName: file.sections[section].name,
            linkage: symbol.binding == .local ? .static : symbol.binding == .weak ? .weak : .global,
            isHidden: symbol.isHidden, instructions: instructions, references: own,
            lines: records.lines.take(section, function.range),
            relocations: records.relocations.take(section, function.range),
            typeID: records.functions.take(section, function.range).first { $0.instructionOffset == 0 }?.type
              ?? functionType(named: symbol.name)))
      }
    }
  }

  /// A slot of a section of code.
  func instruction(at offset: Int, of bytes: ByteRegion, _ section: Int) throws(ObjectError) -> Instruction {
    guard let number = bytes.integer(at: offset, as: UInt64.self, order: file.byteOrder) else {
      throw failure(
        .malformed(found: "\(bytes.count) bytes of code", expected: "an instruction"), section: section, offset: offset)
    }
    return file.byteOrder == .little ? Instruction(encoded: number) : Instruction(bigEndian: number)
  }

  /// Calls between functions of one section, which the compiler fills in by itself.
  private func localCalls(
    of function: ObjectFunction, _ instructions: [Instruction], except known: [CodeReference], _ section: Int
  ) throws(ObjectError) -> [CodeReference] {
    var calls: [CodeReference] = []
    var next = 0
    var index = 0
    while index < instructions.count {
      defer { index += instructions[index].isWide ? 2 : 1 }
      while next < known.count, known[next].instruction < index { next += 1 }
      if next < known.count, known[next].instruction == index { continue }
      guard instructions[index].callKind == .function else { continue }
      let offset = function.range.lowerBound + index * 8
      let name = try functionName(
        at: offset + 8 + Int(instructions[index].immediate) * 8, in: section,
        from: SectionPlace(section: section, offset: offset), symbol: function.name)
      calls.append(CodeReference(instruction: index, target: .function(name)))
    }
    return calls
  }
}

extension [Instruction] {
  /// Empties what loading fills in: the number of a wide load, or the place that a call goes to.
  mutating func clearOperand(at index: Int) {
    if self[index].isWide {
      self[index] = Instruction(opcode: self[index].opcode, destination: self[index].destinationField)
      if index + 1 < count { self[index + 1] = Instruction(opcode: 0) }
    } else {
      self[index] = Instruction(opcode: self[index].opcode, source: CallKind.function.rawValue, immediate: -1)
    }
  }
}
