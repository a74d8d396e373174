extension TypeGraphBuilder {
  /// Adds a string that no type bears, such as the text of a source line, and answers its offset among the strings.
  public mutating func addString(_ string: String) throws(BTFError) -> UInt32 { try offset(of: string) }
}
