import TraceLanguage

extension TypeCatalog {
  /// A type as messages name it, structs and enums by their names.
  func text(_ type: ValueType) -> String {
    switch type {
    case .structure(let id, _): name(of: id)
    case .enumeration(let id): "enum \(enumerators(of: id).name)"
    case .pointer(let pointee, _): "\(text(pointee)) *"
    case .array(let element, let count): "\(text(element))[\(count)]"
    case .tuple(let elements): "(" + elements.map { text($0) }.joined(separator: ",") + ")"
    default: type.description
    }
  }
}

extension TypeName {
  /// The type as the script writes it.
  var spelling: String {
    var text: String
    switch base {
    case .named(let word): text = word
    case .tagged(let tag, let name): text = "\(tag.rawValue) \(name)"
    case .sized(let word, let count): text = "\(word)[\(count)]"
    case .typeOf: text = "typeof(…)"
    case .tuple(let elements): text = "(" + elements.map(\.spelling).joined(separator: ", ") + ")"
    }
    for suffix in suffixes {
      switch suffix {
      case .pointer: text += " *"
      case .array(let count): text += "[\(count.map(String.init) ?? "")]"
      }
    }
    return text
  }
}
