/// Finds the names that a misspelt one may have meant.
enum Spelling {
  /// Up to three names near `name`, nearest first.
  static func nearest(to name: String, among candidates: [String]) -> [String] {
    let limit = max(1, name.utf8.count / 3)
    var scored: [(distance: Int, name: String)] = []
    for candidate in candidates {
      let distance = editDistance(Array(name.utf8), Array(candidate.utf8), limit: limit)
      if distance <= limit, distance < name.utf8.count {
        scored.append((distance, candidate))
      } else if name.utf8.count >= 3, candidate.contains(name) {
        scored.append((limit + 1, candidate))
      }
    }
    return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// How many letters must be put in, taken out or exchanged; more than `limit` is not told exactly.
  static func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    if abs(left.count - right.count) > limit { return limit + 1 }
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        let exchanged = previous[column] + (letter == other ? 0 : 1)
        current.append(min(exchanged, previous[column + 1] + 1, current[column] + 1))
      }
      if let least = current.min(), least > limit { return limit + 1 }
      previous = current
    }
    return previous[right.count]
  }
}
