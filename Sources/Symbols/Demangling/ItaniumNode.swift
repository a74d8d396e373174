/// A part of a C++ name, in the arena of its parser; parts refer to each other by number.
enum ItaniumNode {
  typealias ID = Int

  // Names.
  /// Text as it is.
  case text(String)
  /// A std abbreviation: what it usually is, and what it is where a constructor or destructor follows.
  case abbreviation(String, base: String, full: String)
  case nested(scope: ID, name: ID)
  case local(function: ID, entity: ID)
  case template(name: ID, arguments: [ID])
  case tagged(ID, tag: String)
  case constructor(of: ID)
  case destructor(of: ID)
  case operatorName(String)
  case conversion(to: ID)
  case lambda(parameters: [ID], number: Int)
  case structuredBinding([ID])
  case special(String, ID)
  case constructionTable(of: ID, within: ID)
  case clone(ID, suffix: String)

  // Types.
  case qualified(ID, [String])
  case pointer(ID, symbol: String)
  case suffixed(ID, String)
  case prefixed(String, ID)
  case memberPointer(scope: ID, member: ID)
  case function(name: ID?, result: ID?, parameters: [ID], qualifiers: [String])
  case array(of: ID, count: ID?)
  case vector(of: ID, count: ID)
  case decltype(ID)

  // Template parameters.
  /// A parameter of the template at `level`, and what it means here.
  case parameter(level: Int, index: Int, meaning: ID)
  /// Several arguments, as they stand in a list of arguments.
  case pack([ID])
  /// A parameter that stands for several arguments, of which an expansion takes one after the other.
  case parameterPack([ID])
  case expansion(ID)
  /// A template argument that comes later in the name, by its place in the parser's table.
  case forward(Int)

  // Expressions.
  case literal(type: ID?, suffix: String?, digits: String)
  case unary(String, ID)
  case postfix(ID, String)
  case binary(ID, String, ID)
  case conditional(ID, ID, ID)
  case call(ID, [ID])
  case cast(to: ID, [ID])
  case namedCast(String, to: ID, ID)
  case enclosed(String, ID, String)
  case list(type: ID?, [ID])
  case member(ID, String, ID)
  case new(global: Bool, isArray: Bool, placement: [ID], type: ID, initializer: [ID]?)
  case delete(String, ID)
  case fold(left: Bool, operation: String, pack: ID, start: ID?)
}
