internal import BPF
internal import Bytecode

extension TranslatedProgram {
  /// The ways through the program as a picture (SVG), with each function's blocks from the top to the bottom.
  ///
  /// The way on is grey, a jump that is taken green, and one that leads back blue.
  public func flowGraphPicture(_ options: ListingOptions) -> String {
    let flow = FlowGraph(of: self)
    let lines = Dictionary(lines.map { ($0.slot, $0.place) }) { $1 }
    var drawings: [FunctionDrawing] = []
    for (number, function) in flow.functions.enumerated() {
      let blocks = function.blocks.map { block in
        flow.slots(of: block).flatMap { slot in
          rows(of: slot, isFirst: slot == function.slot, lines[slot], options)
        }
      }
      var arrows: [FunctionDrawing.Arrow] = []
      for block in function.blocks {
        let end = flow.graph.blocks[block].range.upperBound
        for next in flow.successors(of: block, in: function) {
          let isNext = flow.graph.blocks[next].range.lowerBound == end
          arrows.append(
            .init(
              from: block - function.blocks.lowerBound, to: next - function.blocks.lowerBound,
              kind: isNext ? .onward : .jump))
        }
      }
      let name = functions.first { $0.slot == function.slot }?.signature ?? ""
      drawings.append(FunctionDrawing(title: name.isEmpty ? "func_\(number) ()" : name, blocks: blocks, arrows: arrows))
    }
    let width = (drawings.map(\.width).max() ?? 0) + 2 * FunctionDrawing.margin
    var y = FunctionDrawing.margin
    var body = ""
    for drawing in drawings {
      body += drawing.text(x: FunctionDrawing.margin, y: y)
      y += drawing.height + FunctionDrawing.margin
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(Int(y))" \
      viewBox="0 0 \(Int(width)) \(Int(y))" font-family="monospace" font-size="12">
      <rect width="100%" height="100%" fill="white"/>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
      <path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>
      \(body)</svg>

      """
  }

  private func rows(
    of slot: Int, isFirst: Bool, _ place: SourcePlace?, _ options: ListingOptions
  ) -> [FunctionDrawing.Row] {
    var rows: [FunctionDrawing.Row] = []
    if let place, !place.text.isEmpty {
      let numbers = options.contains(.lineNumbers) ? " [\(place.numbers)]" : ""
      rows.append(.init(text: "; \(place.text)\(numbers)", isSource: true))
    }
    let number = String(slot)
    rows.append(
      .init(
        text: "\(String(repeating: " ", count: max(0, 4 - number.count)))\(number): \(text(of: slot))", isSource: false)
    )
    if options.contains(.opcodes) {
      rows.append(
        .init(text: "      \(bytes(of: slot).map(HexDigits.spaced).joined(separator: " "))", isSource: true))
    }
    return rows
  }
}

/// A function's blocks and arrows, laid out.
struct FunctionDrawing {
  struct Row {
    var text: String
    /// Whether it explains rather than being an instruction.
    var isSource: Bool
  }

  struct Arrow {
    enum Kind { case onward, jump }
    var from: Int
    var to: Int
    var kind: Kind
  }

  static let margin = 20.0
  private static let letter = 7.3
  private static let line = 15.0
  private static let padding = 8.0
  private static let titleHeight = 24.0
  /// What arrows back take beside the boxes.
  private static let lane = 12.0

  private let title: String
  private let blocks: [[Row]]
  private let arrows: [Arrow]
  private let layout: FlowGraphLayout
  private let lanes: Int

  init(title: String, blocks: [[Row]], arrows: [Arrow]) {
    self.title = title
    self.blocks = blocks
    self.arrows = arrows
    layout = FlowGraphLayout(
      boxes: blocks.map { rows in
        let longest = rows.map { $0.text.count }.max() ?? 0
        return (
          Double(longest) * Self.letter + 2 * Self.padding, Double(rows.count) * Self.line + 2 * Self.padding
        )
      }, arrows: arrows.map { ($0.from, $0.to) })
    lanes = layout.arrows.count { $0.leadsUp }
  }

  var width: Double {
    max(layout.width + Double(lanes + 1) * Self.lane, Double(title.count) * Self.letter) + 2 * Self.padding
  }
  var height: Double { layout.height + Self.titleHeight + 2 * Self.padding + Self.lane }

  /// The elements, with the upper left corner at a place.
  func text(x: Double, y: Double) -> String {
    var text = "<g transform=\"translate(\(Self.number(x)) \(Self.number(y)))\">\n"
    text += "<rect width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" fill=\"none\" stroke=\"#888\" "
    text += "stroke-dasharray=\"4 3\"/>\n<text x=\"8\" y=\"17\" font-weight=\"bold\">\(XMLText.escaped(title))</text>\n"
    text +=
      "<g transform=\"translate(\(Self.number(Self.padding)) \(Self.number(Self.titleHeight + Self.padding)))\">\n"
    var lane = 0
    for (index, arrow) in arrows.enumerated() {
      let way = layout.arrows[index]
      let colour = way.leadsUp ? "#1565c0" : arrow.kind == .jump ? "#2e7d32" : "#666"
      text += "<path d=\"\(path(way, &lane))\" fill=\"none\" stroke=\"\(colour)\" marker-end=\"url(#tip)\"/>\n"
    }
    for (node, rows) in zip(layout.nodes, blocks) {
      text += "<rect x=\"\(Self.number(node.x))\" y=\"\(Self.number(node.y))\" width=\"\(Self.number(node.width))\" "
      text += "height=\"\(Self.number(node.height))\" fill=\"#f6f8fa\" stroke=\"#444\" rx=\"3\"/>\n"
      for (place, row) in rows.enumerated() {
        let y = node.y + Self.padding + Double(place) * Self.line + 11
        text += "<text x=\"\(Self.number(node.x + Self.padding))\" y=\"\(Self.number(y))\" xml:space=\"preserve\""
        text += "\(row.isSource ? " fill=\"#777\"" : "")>\(XMLText.escaped(row.text))</text>\n"
      }
    }
    return text + "</g>\n</g>\n"
  }

  /// From the lower edge of one box through the places between to the upper edge of another; back at the right side.
  private func path(_ way: FlowGraphLayout.Arrow, _ lane: inout Int) -> String {
    let (from, to) = (layout.nodes[way.from], layout.nodes[way.to])
    var path = "M\(Self.point(from.middle, from.y + from.height))"
    if way.leadsUp {
      lane += 1
      let right = layout.width + Double(lane) * Self.lane
      let (low, high) = (from.y + from.height + 8, to.y - 8)
      path += " L\(Self.point(from.middle, low)) L\(Self.point(right, low)) L\(Self.point(right, high))"
      return path + " L\(Self.point(to.middle, high)) L\(Self.point(to.middle, to.y))"
    }
    var (x, y) = (from.middle, from.y + from.height)
    for place in way.through.map({ layout.nodes[$0] }) + [to] {
      let half = (place.y - y) / 2
      path += " C\(Self.point(x, y + half)) \(Self.point(place.middle, place.y - half)) "
      path += Self.point(place.middle, place.y)
      (x, y) = (place.middle, place.y)
    }
    return path
  }

  private static func point(_ x: Double, _ y: Double) -> String { "\(number(x)) \(number(y))" }
  private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
