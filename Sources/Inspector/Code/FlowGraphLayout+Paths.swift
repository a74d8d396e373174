extension FlowGraphLayout {
  /// What an arrow that leads up takes beside the boxes.
  static let lane = 12.0

  /// Lets the arrows of a box begin and end beside each other, in the order of where they lead to and come from.
  mutating func spreadEnds() {
    var outgoing = [[(index: Int, key: Double)]](repeating: [], count: nodes.count)
    var incoming = outgoing
    for (index, arrow) in arrows.enumerated() {
      // Those that lead up run at the right.
      let next = arrow.leadsUp ? Double.infinity : nodes[arrow.through.first ?? arrow.to].middle
      let last = arrow.leadsUp ? Double.infinity : nodes[arrow.through.last ?? arrow.from].middle
      outgoing[arrow.from].append((index, next))
      incoming[arrow.to].append((index, last))
    }
    for node in nodes.indices {
      for (place, end) in outgoing[node].sorted(by: { $0.key < $1.key }).enumerated() {
        arrows[end.index].departure = port(place, of: outgoing[node].count, at: node)
      }
      for (place, end) in incoming[node].sorted(by: { $0.key < $1.key }).enumerated() {
        arrows[end.index].arrival = port(place, of: incoming[node].count, at: node)
      }
    }
  }

  private func port(_ place: Int, of count: Int, at node: Int) -> Double {
    let spacing = min(16, (nodes[node].width - 8) / Double(count))
    return nodes[node].middle + (Double(place) - Double(count - 1) / 2) * spacing
  }

  /// An arrow's way as the data of an SVG path.
  ///
  /// Between two layers there are no boxes: only there it moves to the side. One that leads up goes round the boxes at
  /// the right, in a lane of its own.
  func path(of arrow: Arrow, lane: Int) -> String {
    let (from, to) = (nodes[arrow.from], nodes[arrow.to])
    var path = "M\(Self.point(arrow.departure, from.y + from.height))"
    if arrow.leadsUp {
      let right = width + Double(lane + 1) * Self.lane
      let shift = 6 + Double(lane % 4) * 4
      let (low, high) = (from.floor + shift, to.y - shift - 4)
      path += " V\(Self.number(low)) H\(Self.number(right)) V\(Self.number(high)) H\(Self.number(arrow.arrival))"
      return path + " V\(Self.number(to.y))"
    }
    if from.floor > from.y + from.height { path += " V\(Self.number(from.floor))" }
    var (x, y) = (arrow.departure, from.floor)
    for place in arrow.through.map({ nodes[$0] }) + [to] {
      let target = place.isBox ? arrow.arrival : place.middle
      let half = (place.y - y) / 2
      path += " C\(Self.point(x, y + half)) \(Self.point(target, place.y - half)) \(Self.point(target, place.y))"
      if !place.isBox { path += " V\(Self.number(place.floor))" }
      (x, y) = (target, place.floor)
    }
    return path
  }

  private static func point(_ x: Double, _ y: Double) -> String { "\(number(x)) \(number(y))" }

  /// A coordinate with one digit behind the point, which is enough for a picture.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
