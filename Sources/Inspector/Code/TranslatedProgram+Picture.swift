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
        var rows: [FunctionDrawing.Row] = []
        for slot in flow.slots(of: block) { append(slot, lines[slot], options, to: &rows) }
        return rows
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
      \(ArrowTip.definitions)
      \(body)</svg>

      """
  }

  private func append(
    _ slot: Int, _ place: SourcePlace?, _ options: ListingOptions, to rows: inout [FunctionDrawing.Row]
  ) {
    if let place, !place.text.isEmpty {
      let source = "; \(place.text)"
      // A line of the source is told once for instructions that follow each other.
      if options.contains(.lineNumbers) || rows.last(where: { $0.kind == .source })?.text != source {
        rows.append(.init(text: source, kind: .source))
      }
      if options.contains(.lineNumbers) {
        let short = SourcePlace(
          file: String(place.file.split(separator: "/").last ?? ""), line: place.line, column: place.column, text: "")
        rows.append(.init(text: "  [\(short)]", kind: .detail))
      }
    }
    let number = String(slot)
    let indentation = String(repeating: " ", count: max(0, 4 - number.count))
    rows.append(.init(text: "\(indentation)\(number): \(text(of: slot))", kind: .instruction))
    if options.contains(.opcodes) {
      let bytes = bytes(of: slot).map(HexDigits.spaced).joined(separator: " ")
      rows.append(.init(text: "      \(bytes)", kind: .detail))
    }
  }
}

/// A function's blocks and arrows, laid out.
struct FunctionDrawing {
  struct Row {
    enum Kind { case instruction, source, detail }
    var text: String
    var kind: Kind
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
  /// A longer row is cut, and tells the rest where it is pointed at: one long line would make the whole picture wide.
  private static let longestRow = 72

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
        let longest = min(Self.longestRow, rows.map { $0.text.count }.max() ?? 0)
        return (
          Double(longest) * Self.letter + 2 * Self.padding, Double(rows.count) * Self.line + 2 * Self.padding
        )
      }, arrows: arrows.map { ($0.from, $0.to) })
    lanes = layout.arrows.count { $0.leadsUp }
  }

  var width: Double {
    max(layout.width + Double(lanes + 1) * FlowGraphLayout.lane, Double(title.count) * Self.letter) + 2 * Self.padding
  }
  var height: Double { layout.height + Self.titleHeight + 2 * Self.padding + FlowGraphLayout.lane }

  /// The elements, with the upper left corner at a place.
  func text(x: Double, y: Double) -> String {
    func number(_ value: Double) -> String { FlowGraphLayout.number(value) }
    var text = "<g transform=\"translate(\(number(x)) \(number(y)))\">\n"
    text += "<rect width=\"\(number(width))\" height=\"\(number(height))\" fill=\"none\" stroke=\"#888\" "
    text += "stroke-dasharray=\"4 3\"/>\n<text x=\"8\" y=\"17\" font-weight=\"bold\">\(XMLText.escaped(title))</text>\n"
    text += "<g transform=\"translate(\(number(Self.padding)) \(number(Self.titleHeight + Self.padding)))\">\n"
    var lane = 0
    for (index, arrow) in arrows.enumerated() {
      let way = layout.arrows[index]
      let tip: ArrowTip = way.leadsUp ? .back : arrow.kind == .jump ? .jump : .onward
      text += "<path d=\"\(layout.path(of: way, lane: lane))\" \(tip.attributes)/>\n"
      if way.leadsUp { lane += 1 }
    }
    for (node, rows) in zip(layout.nodes, blocks) {
      text += "<rect x=\"\(number(node.x))\" y=\"\(number(node.y))\" width=\"\(number(node.width))\" "
      text += "height=\"\(number(node.height))\" fill=\"#f6f8fa\" stroke=\"#444\" rx=\"3\"/>\n"
      for (place, row) in rows.enumerated() {
        let y = node.y + Self.padding + Double(place) * Self.line + 11
        text += "<text x=\"\(number(node.x + Self.padding))\" y=\"\(number(y))\" xml:space=\"preserve\""
        text += "\(row.kind == .instruction ? "" : " fill=\"#777\"")>\(Self.shown(row.text))</text>\n"
      }
    }
    return text + "</g>\n</g>\n"
  }

  private static func shown(_ row: String) -> String {
    if row.count <= longestRow { return XMLText.escaped(row) }
    return "\(XMLText.escaped(String(row.prefix(longestRow - 1))))…<title>\(XMLText.escaped(row))</title>"
  }
}
