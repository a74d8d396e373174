extension ObjectError: CustomStringConvertible {
  /// One line: file, section, symbol, offset, then what is wrong.
  public var description: String {
    var place = object
    if let section { place += ": section '\(section)'" }
    if let symbol { place += section == nil ? ": '\(symbol)'" : ", '\(symbol)'" }
    if let offset { place += ", byte \(offset)" }
    return "\(place): \(reason)"
  }
}

extension ObjectError.Reason: CustomStringConvertible {
  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .unreadable(let error): "\(error)"
    case .elf(let error): "\(error)"
    case .types(let error): "\(error)"
    case .wrongFile(let found, let expected), .malformed(let found, let expected):
      "found \(found), expected \(expected)"
    case .missing(let what): "\(what) is missing"
    case .duplicate(let what): "\(what) is defined more than once"
    case .unsupported(let what): what
    }
  }
}
