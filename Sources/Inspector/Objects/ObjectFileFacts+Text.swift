internal import BPF
internal import BTF
internal import Bytecode
internal import ELF
internal import KernelInterface

extension ObjectFileFacts {
  /// The facts for people to read.
  ///
  /// - Parameter isDisassembled: with the instructions and their source lines.
  public func text(isDisassembled: Bool) -> String {
    var text = "\(path): BPF object, \(spec.byteOrder == .little ? "little" : "big")-endian"
    text += spec.license.isEmpty ? ", no licence" : ", licence \(spec.license)"
    if let version = spec.kernelVersion { text += ", for kernel \(version)" }
    text += "\n\nSections:\n"
    text += Self.table(
      sections.map { section in
        [
          "  [\(section.index)]", section.name, Self.sectionType(section.type), "offset \(section.offset)",
          "size \(section.size)", section.flags,
        ]
      })
    text += "\nPrograms:\(programs.isEmpty ? " none" : "")\n"
    for code in programs { text += self.text(of: code, isDisassembled: isDisassembled) }
    text += "\nMaps:\(spec.maps.isEmpty ? " none" : "")\n"
    for map in spec.maps { text += self.text(of: map) }
    if !spec.externs.isEmpty {
      text += "\nWhat it needs of the kernel:\n"
      for extern in spec.externs {
        text += "  \(Self.kind(extern.kind)) \(extern.name)\(extern.isWeak ? " (weak)" : "")\n"
      }
    }
    let functions = spec.functions.filter { function in !spec.programs.contains { $0.name == function.name } }
    if !functions.isEmpty {
      text += "\nFunctions:\n"
      for function in functions {
        text += "  \(function.name)  \(function.linkage)  \(function.instructions.count) instructions\n"
      }
    }
    let counts = typeCounts
    text += "\nTypes: \(counts.reduce(0) { $0 + $1.count })"
    if !counts.isEmpty { text += " (\(counts.map { "\($0.count) \($0.kind.kernelName)" }.joined(separator: ", ")))" }
    return text + "\n"
  }

  private func text(of code: Code, isDisassembled: Bool) -> String {
    let program = code.program
    var text = "  \(program.name)\n    section \(program.sectionName)  type \(program.type)"
    if let type = program.expectedAttachType { text += "  attaches as \(type)" }
    if let target = program.attachTarget { text += "  to \(target)" }
    if program.flags.contains(.sleepable) { text += "  sleepable" }
    if !program.isLoaded { text += "  not loaded unless asked for" }
    text += "\n"
    guard let linked = code.linked else { return text + "    cannot be put together: \(code.failure ?? "")\n" }
    text += "    \(linked.instructions.count) instructions"
    let called = linked.functions.dropFirst().map(\.name)
    if !called.isEmpty { text += " with \(called.joined(separator: ", "))" }
    text += ", \(linked.references.count) references, \(linked.relocations.count) CO-RE records\n"
    for relocation in linked.relocations {
      text += "    CO-RE \(relocation.kind.name) \(typeName(relocation.type) ?? "?") \(relocation.access)"
      text += " at instruction \(relocation.instructionOffset / 8)\n"
    }
    return isDisassembled ? text + listing(of: linked) : text
  }

  private func listing(of code: LinkedCode) -> String {
    var text = ""
    let functions = Dictionary(code.functions.map { ($0.offset, $0.name) }) { first, _ in first }
    let lines = Dictionary(code.lines.map { ($0.instructionOffset / 8, $0) }) { _, last in last }
    let references = Dictionary(code.references.map { ($0.instruction, $0.target) }) { first, _ in first }
    var slot = 0
    while slot < code.instructions.count {
      if let name = functions[slot] { text += "    \(name):\n" }
      if let line = lines[slot], let types = spec.types {
        let source = types.string(at: line.textOffset).drop { $0.isWhitespace }
        if !source.isEmpty { text += "    ; \(source)  (\(types.string(at: line.fileNameOffset)):\(line.line))\n" }
      }
      let number = String(slot)
      let next = slot + 1 < code.instructions.count ? code.instructions[slot + 1] : nil
      text += "    \(String(repeating: " ", count: max(0, 4 - number.count)))\(number): "
      text += code.instructions[slot].text(next: next)
      if let target = references[slot] { text += "    // \(Self.target(target))" }
      text += "\n"
      slot += code.instructions[slot].isWide ? 2 : 1
    }
    return text
  }

  private func text(of map: MapSpec) -> String {
    var text =
      "  \(map.name)  type \(map.type)  key \(map.keySize)B  value \(map.valueSize)B  entries \(map.maxEntries)"
    if map.flags.rawValue != 0 { text += "  flags 0x\(String(map.flags.rawValue, radix: 16))" }
    if map.pinning == .byName { text += "  pinned by its name" }
    text += "\n"
    if map.dataSection == nil {
      if let key = typeName(map.keyTypeID) { text += "    key: \(key)\n" }
      if let value = typeName(map.valueTypeID) { text += "    value: \(value)\n" }
    }
    for variable in map.variables {
      let type =
        (try? variable.typeID.flatMap { id in try spec.types?.declaration(of: id, named: variable.name) }) ?? nil
      text += "    \(variable.offset): \(type ?? variable.name)  \(variable.size)B\n"
    }
    if let inner = map.innerMap {
      text += "    of maps: type \(inner.type)  key \(inner.keySize)B  value \(inner.valueSize)B\n"
    }
    return text
  }

  static func target(_ target: CodeReference.Target) -> String {
    switch target {
    case .map(let name): "map \(name)"
    case .mapValue(let map, let offset): "map \(map) + \(offset)"
    case .function(let name): "calls \(name)"
    case .functionAddress(let name): "address of \(name)"
    case .external(let name): "extern \(name)"
    }
  }

  static func kind(_ kind: ExternSpec.Kind) -> String {
    switch kind {
    case .kernelVariable: "variable"
    case .kernelFunction: "function"
    case .configuration: "option"
    case .otherObject: "of another object:"
    }
  }

  /// The names of the kinds of sections: `SHT_…` in the ELF specification.
  static func sectionType(_ type: UInt32) -> String {
    let names = ["NULL", "PROGBITS", "SYMTAB", "STRTAB", "RELA", "HASH", "DYNAMIC", "NOTE", "NOBITS", "REL"]
    if type == 0x6fff_4c03 { return "LLVM_ADDRSIG" }
    return Int(type) < names.count ? names[Int(type)] : "0x\(String(type, radix: 16))"
  }

  private static func table(_ rows: [[String]]) -> String {
    var widths = [Int](repeating: 0, count: rows.first?.count ?? 0)
    for row in rows { for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) } }
    return rows.map { row in
      let line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}
