/// Which source line the instructions from a place on come from (`struct bpf_line_info`).
///
/// The texts are kept as offsets among the strings of the object's `.BTF`, for so the kernel takes them:
/// `types.string(at: record.textOffset)` reads one.
public struct LineRecord: Hashable, Sendable {
  /// Bytes from the beginning of the section to the first instruction of the line.
  public var instructionOffset: Int
  /// Where the path of the source file stands among the strings.
  public var fileNameOffset: UInt32
  /// Where the text of the line stands among the strings; the empty string when the compiler did not keep it.
  public var textOffset: UInt32
  /// The number of the line, from 1; 0 when there is none.
  public var line: Int
  /// The column in the line, from 1; 0 when it is not known.
  public var column: Int

  /// A line's first instruction.
  public init(instructionOffset: Int, fileNameOffset: UInt32, textOffset: UInt32, line: Int, column: Int) {
    self.instructionOffset = instructionOffset
    self.fileNameOffset = fileNameOffset
    self.textOffset = textOffset
    self.line = line
    self.column = column
  }

  /// Line and column in one number, as the kernel takes them (`line_col`): the line in the upper 22 bits.
  ///
  /// What does not fit is cut off.
  public var lineAndColumn: UInt32 {
    UInt32(truncatingIfNeeded: line) << 10 | UInt32(truncatingIfNeeded: column) & 0x3ff
  }
}
