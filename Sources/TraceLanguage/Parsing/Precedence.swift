/// How tightly operators of two operands bind, loosest first; all of them group to the left.
///
/// The levels are those of C, and of bpftrace's grammar.
enum Precedence {
  private static let levels: [[Symbol]] = [
    [.logicalOr],
    [.logicalAnd],
    [.bar],
    [.caret],
    [.ampersand],
    [.equal, .notEqual],
    [.less, .greater, .lessOrEqual, .greaterOrEqual],
    [.shiftLeft, .shiftRight],
    [.plus, .minus],
    [.star, .slash, .percent],
  ]

  static let bySymbol: [Symbol: Int] = Dictionary(
    uniqueKeysWithValues: levels.enumerated().flatMap { level, symbols in symbols.map { ($0, level) } })
}

extension Symbol {
  /// The level of an operator of two operands, from 0; nil for every other symbol.
  var binaryLevel: Int? { Precedence.bySymbol[self] }
}
