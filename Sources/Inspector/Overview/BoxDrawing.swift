/// Boxes with a line of text each, and arrows between them, as a picture (SVG).
struct BoxDrawing {
  let layout: FlowGraphLayout
  let labels: [String]

  /// The whole document.
  var text: String {
    let (width, height) = (Int(layout.width) + 40, Int(max(0, layout.height)) + 40)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      font-family="monospace" font-size="12">
      <rect width="100%" height="100%" fill="white"/>
      <g transform="translate(20 20)">

      """
    for arrow in layout.arrows {
      let from = layout.nodes[arrow.from]
      var (x, y) = (from.middle, from.y + from.height)
      var path = "M\(x) \(y)"
      for place in (arrow.through + [arrow.to]).map({ layout.nodes[$0] }) {
        let half = (place.y - y) / 2
        path += " C\(x) \(y + half) \(place.middle) \(place.y - half) \(place.middle) \(place.y)"
        (x, y) = (place.middle, place.y)
      }
      text += "<path d=\"\(path)\" fill=\"none\" stroke=\"#666\"/>\n"
    }
    for (node, label) in zip(layout.nodes, labels) {
      text += "<rect x=\"\(node.x)\" y=\"\(node.y)\" width=\"\(node.width)\" height=\"\(node.height)\" "
      text += "fill=\"#f6f8fa\" stroke=\"#444\" rx=\"3\"/>\n"
      text += "<text x=\"\(node.x + 8)\" y=\"\(node.y + 18)\">\(XMLText.escaped(label))</text>\n"
    }
    return text + "</g>\n</svg>\n"
  }
}
