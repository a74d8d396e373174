import ELF

/// The functions of one file that processes map, and how its addresses relate to places in it.
final class ObjectSymbols: Sendable {
  let functions: FunctionIndex
  let buildID: BuildID?
  /// The loaded parts: file offset, address and size.
  private let loadedParts: [Segment]

  init(_ file: ELFFile, debugFile: ELFFile?) {
    functions = FunctionIndex(of: file, debugFile: debugFile)
    buildID = file.buildID
    loadedParts = file.segments.filter { $0.type == .load }
  }

  /// What there is to say of a file that cannot be read as ELF: nothing.
  static let none = ObjectSymbols()

  private init() {
    functions = FunctionIndex(FunctionCollector())
    buildID = nil
    loadedParts = []
  }

  /// The function that lies at a place in the file.
  func location(ofFileOffset offset: UInt64) -> FunctionIndex.Location? {
    // A page at the border of two segments is mapped by both: the executable one is meant.
    for wanted in [true, false] {
      for part in loadedParts
      where part.access.contains(.execute) == wanted && offset >= part.fileOffset
        && offset - part.fileOffset < part.fileSize
      {
        return functions.location(of: part.address &+ (offset - part.fileOffset))
      }
    }
    return nil
  }
}
