/// How an arrow of a picture looks: each meaning has a colour, and a tip of that colour.
///
/// A tip that takes its arrow's colour by itself (`context-stroke`) is not drawn by all viewers.
enum ArrowTip: String, CaseIterable {
  /// The way on.
  case onward = "#666666"
  /// A jump that is taken.
  case jump = "#2e7d32"
  /// A way back.
  case back = "#1565c0"

  private var name: String {
    switch self {
    case .onward: "onward"
    case .jump: "jump"
    case .back: "back"
    }
  }

  /// Attributes of a path with this tip at its end.
  var attributes: String { "fill=\"none\" stroke=\"\(rawValue)\" marker-end=\"url(#\(name))\"" }

  /// All tips, which stand once in a picture.
  static var definitions: String {
    let tips = allCases.map { tip in
      """
      <marker id="\(tip.name)" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
      <path d="M0 0 8 4 0 8z" fill="\(tip.rawValue)"/></marker>
      """
    }
    return "<defs>\(tips.joined())</defs>"
  }
}
