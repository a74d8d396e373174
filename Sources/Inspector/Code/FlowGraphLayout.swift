/// Places for the boxes of a graph, in layers from the top to the bottom, and ways for its arrows between them.
///
/// Arrows that lead up again are taken out first; then each box goes one layer below the lowest that leads to it, boxes
/// of a layer are ordered so that few arrows cross, and each is moved towards what it hangs on (Sugiyama's method).
/// Long arrows pass the layers between through places of their own, so that none runs through a box.
struct FlowGraphLayout {
  /// A box, or the place where an arrow passes a layer.
  struct Node {
    var width: Double
    var height: Double
    var layer = 0
    /// The left edge.
    var x = 0.0
    /// The upper edge.
    var y = 0.0
    /// Where the tallest of the node's layer ends: below it, down to the next layer, there are no boxes.
    var floor = 0.0
    /// False for where an arrow passes.
    var isBox = true

    var middle: Double { x + width / 2 }
  }

  /// An arrow between boxes.
  struct Arrow {
    var from: Int
    var to: Int
    /// Whether it leads up again.
    var leadsUp = false
    /// The places that it passes.
    var through: [Int] = []
    /// Where it leaves the lower edge of its box, and where it reaches the upper edge of the other.
    var departure = 0.0
    var arrival = 0.0
  }

  var nodes: [Node]
  var arrows: [Arrow]
  var width = 0.0
  var height = 0.0
  private var layers: [[Int]] = []

  static let gap = 24.0
  static let layerGap = 44.0

  /// Lays out boxes of those sizes, which hang together; the first is the entry.
  init(connected boxes: [(width: Double, height: Double)], arrows: [(from: Int, to: Int)]) {
    nodes = boxes.map { Node(width: $0.width, height: $0.height) }
    self.arrows = arrows.map { Arrow(from: $0.from, to: $0.to) }
    findArrowsUp()
    assignLayers()
    splitLongArrows()
    order()
    place()
    spreadEnds()
  }

  /// An arrow to a box that is on the way from the entry leads up.
  private mutating func findArrowsUp() {
    enum State { case new, open, done }
    var states = [State](repeating: .new, count: nodes.count)
    var outgoing = [[Int]](repeating: [], count: nodes.count)
    for (index, arrow) in arrows.enumerated() { outgoing[arrow.from].append(index) }
    for root in nodes.indices where states[root] == .new {
      var path: [(node: Int, next: Int)] = [(root, 0)]
      states[root] = .open
      while let (node, next) = path.last {
        guard next < outgoing[node].count else {
          states[node] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let arrow = outgoing[node][next]
        let target = arrows[arrow].to
        switch states[target] {
        case .open: arrows[arrow].leadsUp = true
        case .new:
          states[target] = .open
          path.append((target, 0))
        case .done: break
        }
      }
    }
  }

  private mutating func assignLayers() {
    var missing = [Int](repeating: 0, count: nodes.count)
    for arrow in arrows where !arrow.leadsUp { missing[arrow.to] += 1 }
    var ready = nodes.indices.filter { missing[$0] == 0 }
    while let node = ready.popLast() {
      for arrow in arrows where arrow.from == node && !arrow.leadsUp {
        nodes[arrow.to].layer = max(nodes[arrow.to].layer, nodes[node].layer + 1)
        missing[arrow.to] -= 1
        if missing[arrow.to] == 0 { ready.append(arrow.to) }
      }
    }
  }

  private mutating func splitLongArrows() {
    for index in arrows.indices where !arrows[index].leadsUp {
      let (from, to) = (nodes[arrows[index].from].layer, nodes[arrows[index].to].layer)
      guard to - from > 1 else { continue }
      for layer in (from + 1)..<to {
        arrows[index].through.append(nodes.count)
        nodes.append(Node(width: 8, height: 0, layer: layer, isBox: false))
      }
    }
    layers = Array(repeating: [], count: (nodes.map(\.layer).max() ?? 0) + 1)
    for (index, node) in nodes.enumerated() { layers[node.layer].append(index) }
  }

  /// For each node, those of the layer above and of the layer below that it hangs on.
  private var neighbours: (above: [[Int]], below: [[Int]]) {
    var above = [[Int]](repeating: [], count: nodes.count)
    var below = above
    for arrow in arrows where !arrow.leadsUp {
      let way = [arrow.from] + arrow.through + [arrow.to]
      for (upper, lower) in zip(way, way.dropFirst()) {
        above[lower].append(upper)
        below[upper].append(lower)
      }
    }
    return (above, below)
  }

  /// Orders each layer by the mean places of what its boxes hang on, down and up again.
  private mutating func order() {
    let (above, below) = neighbours
    for round in 0..<8 {
      var position = [Double](repeating: 0, count: nodes.count)
      for layer in layers { for (place, node) in layer.enumerated() { position[node] = Double(place) } }
      let isDown = round % 2 == 0
      for layer in isDown ? Array(layers.indices.dropFirst()) : Array(layers.indices.dropLast().reversed()) {
        let sorted = layers[layer].map { node in
          let others = isDown ? above[node] : below[node]
          let mean = others.reduce(0) { $0 + position[$1] } / Double(max(1, others.count))
          return (node: node, key: others.isEmpty ? position[node] : mean, place: position[node])
        }.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
        layers[layer] = sorted.map(\.node)
        for (place, node) in layers[layer].enumerated() { position[node] = Double(place) }
      }
    }
  }

  private mutating func place() {
    var y = 0.0
    for layer in layers {
      var x = 0.0
      let tallest = layer.map { nodes[$0].height }.max() ?? 0
      for node in layer {
        nodes[node].x = x
        nodes[node].y = y
        nodes[node].floor = y + tallest
        x += nodes[node].width + Self.gap
      }
      y += tallest + Self.layerGap
    }
    height = y - Self.layerGap
    let (above, below) = neighbours
    for round in 0..<12 {
      let isDown = round % 2 == 0
      for layer in isDown ? layers : layers.reversed() { align(layer, to: isDown ? above : below) }
    }
    let left = nodes.map(\.x).min() ?? 0
    for index in nodes.indices { nodes[index].x -= left }
    width = nodes.map { $0.x + $0.width }.max() ?? 0
  }

  /// Moves the boxes of a layer towards the means of their neighbours without changing their order.
  private mutating func align(_ layer: [Int], to neighbours: [[Int]]) {
    let wanted = layer.map { node in
      let others = neighbours[node]
      if others.isEmpty { return nodes[node].x }
      return others.reduce(0) { $0 + nodes[$1].middle } / Double(others.count) - nodes[node].width / 2
    }
    // From either side no box is pushed further than the others need; the mean of both is fair to all.
    var fromLeft = wanted, fromRight = wanted
    for place in layer.indices.dropFirst() {
      fromLeft[place] = max(fromLeft[place], fromLeft[place - 1] + nodes[layer[place - 1]].width + Self.gap)
    }
    for place in layer.indices.dropLast().reversed() {
      fromRight[place] = min(fromRight[place], fromRight[place + 1] - nodes[layer[place]].width - Self.gap)
    }
    for (place, node) in layer.enumerated() { nodes[node].x = (fromLeft[place] + fromRight[place]) / 2 }
  }
}
