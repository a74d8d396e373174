/// The names that somebody may have meant by one that does not exist.
public enum NearestNames {
  /// The best few of `names`: first those that differ by few letters, then those that share words.
  ///
  /// A letter that is missing, too much, wrong or swapped with its neighbour counts one; up to a third of the letters
  /// may differ, but what differs by more than twice as many as the best is left out. Words are parted by
  /// anything that is no letter or digit, and at least half of the wanted ones must be there. Upper and lower case count
  /// as the same.
  ///
  /// - Complexity: O(*n*) names; the distance is only computed where the lengths are close.
  public static func nearest(
    to wanted: String, among names: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let letters = lowercased(wanted)
    let wantedLetters = letterSet(of: letters)
    let wantedWords = Set(words(of: wanted))
    let wantedBytes = wantedWords.map { Array($0.utf8) }
    let allowed = max(1, letters.count / 3)
    var closest = Int.max
    var candidates: [(name: String, distance: Int?, wordCost: Int?)] = []
    for name in names {
      var distance: Int?
      let candidate = lowercased(name)
      // One edit puts in one letter, takes out one, or does both.
      if abs(candidate.count - letters.count) <= allowed,
        (letterSet(of: candidate) ^ wantedLetters).nonzeroBitCount <= allowed * 2
      {
        let edits = editDistance(letters, candidate)
        if edits <= allowed, edits < letters.count {
          distance = edits
          closest = min(closest, edits)
        }
      }
      let cost = hasAnyWord(wantedBytes, candidate) ? wordCost(of: name, wanted: wantedWords) : nil
      if distance != nil || cost != nil { candidates.append((name, distance, cost)) }
    }
    let farthest = min(closest, letters.count) * 2
    return candidates.compactMap { name, distance, cost -> (rank: Int, cost: Int, name: String)? in
      if let distance, distance <= farthest { return (0, distance, name) }
      return cost.map { (1, $0, name) }
    }.sorted {
      ($0.rank, $0.cost, $0.name.utf8.count, $0.name) < ($1.rank, $1.cost, $1.name.utf8.count, $1.name)
    }.prefix(limit).map(\.name)
  }

  /// A bit for each letter that occurs, whose number is the letter's lower six bits.
  private static func letterSet(of letters: [UInt8]) -> UInt64 {
    letters.withUnsafeBytes { letters in
      var set: UInt64 = 0
      var index = 0
      while index < letters.count {
        set |= 1 << UInt64(letters[index] & 63)
        index += 1
      }
      return set
    }
  }

  /// Whether one of the words may stand in a name: a quick look before the name is taken apart.
  private static func hasAnyWord(_ words: [[UInt8]], _ name: [UInt8]) -> Bool {
    name.withUnsafeBytes { name in
      words.contains { word in
        word.withUnsafeBytes { word in
          // Lower case of what is not ASCII has bytes of its own.
          guard let first = word.first, first < 0x80 else { return true }
          var start = 0
          while start + word.count <= name.count {
            if name[start] >= 0x80 { return true }
            if name[start] == first {
              var length = 1
              while length < word.count, name[start + length] == word[length] { length += 1 }
              if length == word.count { return true }
            }
            start += 1
          }
          return false
        }
      }
    }
  }

  /// Ten for each wanted word that is not there, one for each word too many; nil when too few are there.
  private static func wordCost(of name: String, wanted: Set<String>) -> Int? {
    let words = words(of: name)
    let shared = wanted.intersection(words).count
    guard shared > 0, shared * 2 >= wanted.count else { return nil }
    return (wanted.count - shared) * 10 + max(0, words.count - shared)
  }

  /// The parts of a name between underscores, colons and the like, in lower case.
  public static func words(of name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func lowercased(_ name: String) -> [UInt8] {
    var letters = Array(name.utf8)
    letters.withUnsafeMutableBytes { letters in
      var index = 0
      while index < letters.count {
        if letters[index] >= UInt8(ascii: "A"), letters[index] <= UInt8(ascii: "Z") { letters[index] |= 0x20 }
        index += 1
      }
    }
    return letters
  }

  /// How many letters must be put in, left out, changed or swapped with a neighbour to make one text of the other
  /// (optimal string alignment).
  static func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    if one.isEmpty || other.isEmpty { return max(one.count, other.count) }
    var beforeLast = [Int](repeating: 0, count: other.count + 1)
    var last = Array(0...other.count)
    var current = last
    for row in 1...one.count {
      current[0] = row
      for column in 1...other.count {
        let change = one[row - 1] == other[column - 1] ? 0 : 1
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + change)
        if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current[column] = best
      }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[other.count]
  }
}
