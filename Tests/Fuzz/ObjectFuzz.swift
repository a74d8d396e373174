import BPF
import ELF

/// Feeds bytes to the readers of ELF files and of BPF objects: whatever they are, they end in an object or in an error.
///
/// libFuzzer calls it with one file after the other. `Scripts/fuzz` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let file = try? ELFFile(ByteRegion(bytes)) { walk(file) }
  guard let object = try? ObjectSpec(bytes: bytes, name: "fuzzed") else { return 0 }
  for program in object.programs {
    guard let code = try? object.linked(program) else { continue }
    precondition(
      code.references.allSatisfy { code.instructions.indices.contains($0.instruction) },
      "a reference is an instruction's")
  }
  return 0
}

/// Asks for everything that an ELF file can tell.
private func walk(_ file: ELFFile) {
  for section in file.sections.prefix(64) { _ = try? file.contents(of: section) }
  for table in (try? file.relocationTables()) ?? [] { for relocation in table.prefix(256) { _ = relocation } }
  if let symbols = try? file.symbolTable() { for symbol in symbols.prefix(256) { _ = symbols.name(of: symbol) } }
  _ = (try? file.dynamicSection(), file.buildID, file.debugLink, file.notes(), file.usdtNotes())
}
