public import Diagnostics

/// A parsed script: everything that one source text declares, in the order of the text within each kind.
///
/// Names are as written, nothing is resolved: whether `pid` is a built-in value, an enum constant or a mistake is
/// for the compiler to say.
public struct Script: Sendable {
  /// The first line's `#!` command, without those two characters.
  public var interpreter: String?
  /// The C section: structs, enums, type aliases and macros.
  public var declarations: [CDeclaration] = []
  /// The assignments of `config = { … }`.
  public var configuration: [ConfigurationAssignment] = []
  /// The `import "path";` lines.
  public var imports: [ImportDeclaration] = []
  /// The `let @name = type(entries);` lines.
  public var maps: [MapDeclaration] = []
  /// The `macro name(…) { … }` definitions.
  public var macros: [MacroDeclaration] = []
  /// The `fn name(…) : type { … }` definitions.
  public var subprograms: [SubprogramDeclaration] = []
  /// The probes.
  public var probes: [Probe] = []
  /// One more than the highest expression number: tables about expressions are arrays of this length.
  public var expressionCount = 0

  /// An empty script.
  public init() {}
}

/// A word of the script with its place.
public struct Name: Sendable, Hashable, CustomStringConvertible {
  /// The word, with its sigil where it has one: `$x`, `@counts`.
  public var text: String
  /// Where it stands.
  public var span: SourceSpan

  /// The word at this place.
  public init(_ text: String, at span: SourceSpan) {
    self.text = text
    self.span = span
  }

  /// The word.
  public var description: String { text }
}

/// One `key = value;` of a `config` block.
public struct ConfigurationAssignment: Sendable {
  /// What may stand as a value.
  public enum Value: Sendable, Hashable {
    /// A number.
    case integer(UInt64)
    /// A quoted text.
    case string(String)
    /// `true` or `false`.
    case boolean(Bool)
    /// A bare word, such as `perf`.
    case word(String)
  }

  /// The key.
  public var key: Name
  /// The value.
  public var value: Value
  /// Where the value stands.
  public var valueSpan: SourceSpan
  /// The whole assignment, without `;`.
  public var span: SourceSpan
}

/// `import "path";`.
public struct ImportDeclaration: Sendable {
  /// The path as written.
  public var path: String
  /// Where the quoted path stands.
  public var pathSpan: SourceSpan
  /// The whole declaration.
  public var span: SourceSpan
}

/// `let @name = type(entries);`: the kind and size of a map.
public struct MapDeclaration: Sendable {
  /// The map.
  public var name: Name
  /// The kind: `hash`, `lruhash`, `percpuhash`, `percpulruhash`.
  public var type: Name
  /// How many entries it may hold.
  public var capacity: UInt64
  /// Where the number stands.
  public var capacitySpan: SourceSpan
  /// The whole declaration.
  public var span: SourceSpan
}

/// `macro name(parameters) { … }`.
public struct MacroDeclaration: Sendable {
  /// What a macro takes, told by the parameter's sigil.
  public enum Parameter: Sendable {
    /// `$v`: a variable, or a value of which a copy is made.
    case variable(Name)
    /// `@m`: a map.
    case map(Name)
    /// `e`: an expression, put in wherever the name stands.
    case expression(Name)
  }

  /// The macro's name.
  public var name: Name
  /// What it takes.
  public var parameters: [Parameter]
  /// What it stands for.
  public var body: BlockExpression
  /// The whole definition.
  public var span: SourceSpan
}

/// `fn name($a : type, …) : type { … }`.
public struct SubprogramDeclaration: Sendable {
  /// A parameter and its type.
  public struct Parameter: Sendable {
    /// The variable, with its `$`.
    public var name: Name
    /// Its type.
    public var type: TypeName
  }

  /// The function's name.
  public var name: Name
  /// What it takes.
  public var parameters: [Parameter]
  /// What it returns.
  public var result: TypeName
  /// The statements.
  public var body: Block
  /// The whole definition.
  public var span: SourceSpan
}
