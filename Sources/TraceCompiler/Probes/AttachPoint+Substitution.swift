import TraceLanguage

extension AttachPoint {
  /// The attach point with positional parameters put in; a missing one is empty.
  func substituting(_ parameters: [String]) -> AttachPoint {
    var result = self
    for index in result.parts.indices {
      result.parts[index].segments = parts[index].segments.map { segment in
        switch segment {
        case .text: segment
        case .parameter(let number):
          .text(number >= 1 && number <= parameters.count ? parameters[number - 1] : "")
        case .parameterCount: .text(String(parameters.count))
        }
      }
    }
    return result
  }
}
