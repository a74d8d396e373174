internal import ELF

/// A symbol of an object file with its name, and its numbers checked to be such that sums of two cannot overflow.
struct ObjectSymbol {
  var name: String
  var value: Int
  var size: Int
  var type: SymbolType
  var binding: SymbolBinding
  /// Whether other objects can see it, but nobody else (`STV_HIDDEN`, `STV_INTERNAL`).
  var isHidden: Bool
  var place: Symbol.Place

  /// The index of the section that it is defined in.
  var section: Int? { if case .section(let index) = place { index } else { nil } }
}

/// A byte of a section.
struct SectionPlace: Hashable {
  var section: Int
  var offset: Int
}

/// A function of a section of code.
struct ObjectFunction {
  /// Its symbol; of static functions with the same symbol, made different.
  var name: String
  /// Its bytes in the section.
  var range: Range<Int>
  var symbol: ObjectSymbol
}
