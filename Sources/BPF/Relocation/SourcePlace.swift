internal import BTF

/// A place in the source that a program was compiled from.
public struct SourcePlace: Hashable, Sendable {
  /// The file's path, as the compiler was given it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1; 0 when it is not known.
  public var column: Int
  /// The line's text; empty when the compiler did not keep it.
  public var text: String

  /// A place.
  public init(file: String, line: Int, column: Int, text: String) {
    self.file = file
    self.line = line
    self.column = column
    self.text = text
  }
}

extension SourcePlace: CustomStringConvertible {
  /// The place as compilers write it: `open.bpf.c:12:7`.
  public var description: String { "\(file):\(line)" + (column > 0 ? ":\(column)" : "") }
}

extension LinkedCode {
  /// The source of an instruction; nil when nothing is known of it.
  ///
  /// - Parameter types: the object's own types, which hold the texts.
  func source(ofInstruction slot: Int, in types: TypeGraph) -> SourcePlace? {
    guard let record = lines.last(where: { $0.instructionOffset <= slot * 8 }), record.line > 0 else { return nil }
    return SourcePlace(
      file: types.string(at: record.fileNameOffset), line: record.line, column: record.column,
      text: types.string(at: record.textOffset))
  }

  /// The function that a slot belongs to.
  func function(ofInstruction slot: Int) -> String? { functions.last { $0.offset <= slot }?.name }
}
