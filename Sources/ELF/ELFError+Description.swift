extension ELFError: CustomStringConvertible {
  /// What is wrong with the file, in a few words.
  public var description: String {
    switch self {
    case .notELF: "it is no ELF file"
    case .unsupported(let field, let value): "its header says \(field) \(value), which does not exist"
    case .outOfBounds(let part, let offset, let size, let fileSize):
      "its \(part) (\(size) bytes from \(offset)) lies outside of its \(fileSize) bytes"
    case .wrongEntrySize(let part, let size, let expected):
      "its \(part) has entries of \(size) bytes instead of \(expected)"
    case .noSuchSection(let index): "it refers to a section \(index), which it does not have"
    case .compressed(let section): "its section '\(section)' is compressed"
    }
  }
}
