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
      \(ArrowTip.definitions)
      <g transform="translate(20 20)">

      """
    for arrow in layout.arrows {
      text += "<path d=\"\(layout.path(of: arrow, lane: 0))\" \(ArrowTip.onward.attributes)/>\n"
    }
    for (node, label) in zip(layout.nodes, labels) {
      let (x, y) = (FlowGraphLayout.number(node.x), FlowGraphLayout.number(node.y))
      text += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(FlowGraphLayout.number(node.width))\" "
      text += "height=\"\(FlowGraphLayout.number(node.height))\" fill=\"#f6f8fa\" stroke=\"#444\" rx=\"3\"/>\n"
      text += "<text x=\"\(FlowGraphLayout.number(node.x + 8))\" y=\"\(FlowGraphLayout.number(node.y + 18))\">"
      text += "\(XMLText.escaped(label))</text>\n"
    }
    return text + "</g>\n</svg>\n"
  }
}
