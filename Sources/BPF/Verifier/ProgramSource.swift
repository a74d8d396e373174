public import BTF
public import KernelInterface

/// Where the instructions of a program come from: its functions and its source lines.
public struct ProgramSource: Sendable {
  private let functions: [(slot: Int, name: String)]
  private let lines: [(slot: Int, place: SourcePlace)]

  /// Reads a program's records as they are given to the kernel: type information with `struct bpf_func_info` and
  /// `struct bpf_line_info`, whose offsets count slots.
  ///
  /// Records that point outside the type information are left out.
  public init(types: TypeGraph, functions: ProgramLoad.InfoRecords?, lines: ProgramLoad.InfoRecords?) {
    self.functions = Self.words(functions, atLeast: 2).map { record in
      (Int(record[0]), types.name(of: TypeID(record[1])))
    }
    self.lines = Self.words(lines, atLeast: 4).compactMap { record in
      let place = SourcePlace(
        file: types.string(at: record[1]), line: Int(record[3] >> 10), column: Int(record[3] & 0x3ff),
        text: types.string(at: record[2]))
      return place.line > 0 ? (Int(record[0]), place) : nil
    }
  }

  /// Reads a program's records out of the bytes of its type information; nil when those are malformed.
  public init?(btf: [UInt8], functions: ProgramLoad.InfoRecords?, lines: ProgramLoad.InfoRecords?) {
    guard let types = try? TypeGraph(bytes: btf) else { return nil }
    self.init(types: types, functions: functions, lines: lines)
  }

  /// The functions and lines of an object's program; without the object's types, its functions only.
  init(_ code: LinkedCode, types: TypeGraph?) {
    functions = code.functions.map { ($0.offset, $0.name) }
    lines = code.lines.compactMap { line in
      guard let types, line.line > 0 else { return nil }
      let place = SourcePlace(
        file: types.string(at: line.fileNameOffset), line: line.line, column: line.column,
        text: types.string(at: line.textOffset))
      return (line.instructionOffset / 8, place)
    }
  }

  /// Reads a spec's type information; nil when it is malformed.
  public init?(_ types: ProgramSpec.TypeInformation) {
    self.init(btf: types.btf, functions: types.functions, lines: types.lines)
  }

  /// The function that a slot belongs to.
  public func function(of slot: Int) -> String? {
    functions.last { $0.slot <= slot }.flatMap { $0.name.isEmpty ? nil : $0.name }
  }

  /// The source line that a slot comes from: the last that begins at it or before, in the same function.
  public func place(of slot: Int) -> SourcePlace? {
    guard let line = lines.last(where: { $0.slot <= slot }) else { return nil }
    let start = functions.last { $0.slot <= slot }?.slot ?? 0
    return line.slot >= start ? line.place : nil
  }

  private static func words(_ records: ProgramLoad.InfoRecords?, atLeast count: Int) -> [[UInt32]] {
    guard let records, records.recordSize >= count * 4 else { return [] }
    return stride(from: 0, through: records.bytes.count - records.recordSize, by: records.recordSize).map { start in
      (0..<count).map { word in
        records.bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start + word * 4, as: UInt32.self) }
      }
    }
  }
}

extension VerifierLog.SourceLine {
  /// The line as a place; nil where the kernel does not write the file (before Linux 6.7).
  var place: SourcePlace? {
    guard let file, let line else { return nil }
    return SourcePlace(file: file, line: line, column: 0, text: text)
  }
}
