/// An option of a command: how it is written, what it takes and what its help says.
///
/// `Name` is the enumeration by which the command tells its options apart.
struct Option<Name: Hashable & Sendable>: Sendable {
  /// What follows an option's name.
  enum Argument: Hashable, Sendable {
    /// Nothing.
    case none
    /// One word, called so in help.
    case required(String)
    /// One word of this list, in the same or in the next argument; when none follows, the option stands alone.
    case optional(String, among: [String])
  }

  var name: Name
  /// Letters that go behind one hyphen; help shows the first.
  var letters: [Character]
  /// Words that go behind two hyphens; help shows the first.
  var words: [String]
  var argument: Argument
  /// What help says; nil for an option that is accepted and not shown.
  var help: String?

  init(
    _ name: Name, _ letters: Character..., words: [String] = [], takes argument: Argument = .none, help: String? = nil
  ) {
    self.name = name
    self.letters = letters
    self.words = words
    self.argument = argument
    self.help = help
  }
}

/// The options of a command, in the sections that its help shows.
struct OptionTable<Name: Hashable & Sendable>: Sendable {
  /// Options that belong together.
  struct Section: Sendable {
    var title: String
    var options: [Option<Name>]
  }

  var sections: [Section]

  /// All options, in the order of the sections.
  var options: [Option<Name>] { sections.flatMap(\.options) }
}
