extension FlowGraphLayout {
  /// Lays out boxes of those sizes: what hangs together for itself, and one such group beside the other in rows.
  init(boxes: [(width: Double, height: Double)], arrows: [(from: Int, to: Int)]) {
    let groups = Self.groups(of: boxes.count, arrows)
    guard groups.count > 1 else {
      self.init(connected: boxes, arrows: arrows)
      return
    }
    self.init(connected: [], arrows: [])
    nodes = boxes.map { Node(width: $0.width, height: $0.height) }
    self.arrows = arrows.map { Arrow(from: $0.from, to: $0.to) }
    let parts = groups.map { group in
      let number = Dictionary(group.boxes.enumerated().map { ($1, $0) }) { $1 }
      return FlowGraphLayout(
        connected: group.boxes.map { boxes[$0] },
        arrows: group.arrows.map { (number[arrows[$0].from] ?? 0, number[arrows[$0].to] ?? 0) })
    }
    let limit = max(Self.rowWidth, parts.map(\.width).max() ?? 0)
    var (x, y, rowHeight) = (0.0, 0.0, 0.0)
    for (group, part) in zip(groups, parts) {
      if x > 0, x + part.width > limit {
        (x, y, rowHeight) = (0, y + rowHeight + Self.layerGap, 0)
      }
      adopt(part, boxes: group.boxes, arrows: group.arrows, x: x, y: y)
      x += part.width + Self.gap
      rowHeight = max(rowHeight, part.height)
    }
  }

  /// Groups stand beside each other until they are this wide.
  private static let rowWidth = 1400.0

  /// Boxes that arrows connect, by the first of each group, with those arrows.
  private static func groups(
    of count: Int, _ arrows: [(from: Int, to: Int)]
  ) -> [(boxes: [Int], arrows: [Int])] {
    var parents = Array(0..<count)
    func root(_ box: Int) -> Int {
      var box = box
      while parents[box] != box {
        parents[box] = parents[parents[box]]
        box = parents[box]
      }
      return box
    }
    for arrow in arrows {
      let (one, other) = (root(arrow.from), root(arrow.to))
      // The first box of a group stands for it.
      parents[max(one, other)] = min(one, other)
    }
    var groups: [(boxes: [Int], arrows: [Int])] = []
    var places: [Int: Int] = [:]
    for box in 0..<count {
      let place = places[root(box)] ?? groups.count
      if place == groups.count {
        places[root(box)] = place
        groups.append(([], []))
      }
      groups[place].boxes.append(box)
    }
    for (index, arrow) in arrows.enumerated() { groups[places[root(arrow.from)] ?? 0].arrows.append(index) }
    return groups
  }

  /// Takes over a group's layout, whose boxes and arrows have those numbers here.
  private mutating func adopt(_ part: FlowGraphLayout, boxes: [Int], arrows numbers: [Int], x: Double, y: Double) {
    var places: [Int] = []
    for (index, node) in part.nodes.enumerated() {
      var node = node
      node.x += x
      node.y += y
      node.floor += y
      if index < boxes.count {
        nodes[boxes[index]] = node
        places.append(boxes[index])
      } else {
        places.append(nodes.count)
        nodes.append(node)
      }
    }
    for (number, arrow) in zip(numbers, part.arrows) {
      var arrow = arrow
      arrow.from = places[arrow.from]
      arrow.to = places[arrow.to]
      arrow.through = arrow.through.map { places[$0] }
      arrow.departure += x
      arrow.arrival += x
      arrows[number] = arrow
    }
    width = max(width, x + part.width)
    height = max(height, y + part.height)
  }
}
