import Synchronization

extension StringProtocol {
  /// The name without its flavour, that is without the last `___` and what follows it: `task_struct` of
  /// `task_struct___old`.
  ///
  /// Types of one object may need the same name although their layouts differ; what stands behind three underscores
  /// between other characters tells them apart and means nothing else (libbpf's "CO-RE flavors").
  var essentialName: String {
    let bytes = Array(utf8)
    let underscore = UInt8(ascii: "_")
    for place in stride(from: bytes.count - 5, through: 0, by: -1)
    where bytes[place] != underscore && bytes[place + 4] != underscore
      && bytes[place + 1] == underscore && bytes[place + 2] == underscore && bytes[place + 3] == underscore
    {
      return String(decoding: bytes[...place], as: UTF8.self)
    }
    return String(self)
  }
}

/// The names with a flavour in a graph's own strings, by what they are without it.
///
/// Kernels have a few dozens at most. They are found by a look at every third byte of the strings.
final class FlavorIndex: Sendable {
  private let names: [String: [String]]

  init(of graph: TypeGraph) {
    let underscore = UInt8(ascii: "_")
    let bytes = graph.bytes
    let strings = graph.strings
    var found: [String: [String]] = [:]
    var place = strings.lowerBound + 2
    while place < strings.upperBound {
      guard bytes.byte(at: place) == underscore,
        Self.hasThree(underscore, around: place, in: bytes, within: strings)
      else {
        place += 3
        continue
      }
      var start = place
      while start > strings.lowerBound, bytes.byte(at: start - 1) != 0 { start -= 1 }
      let raw = bytes.string(at: start, limit: strings.upperBound)
      let name = String(decoding: raw, as: UTF8.self)
      let essential = name.essentialName
      if essential != name { found[essential, default: []].append(name) }
      place = start + raw.count + 3
    }
    names = found
  }

  /// The names that are `essential` with a flavour.
  func flavors(of essential: String) -> [String] { names[essential] ?? [] }

  private static func hasThree(
    _ character: UInt8, around place: Int, in bytes: GraphBytes, within strings: Range<Int>
  ) -> Bool {
    var first = place
    while first > strings.lowerBound, place - first < 2, bytes.byte(at: first - 1) == character { first -= 1 }
    var last = place
    while last + 1 < strings.upperBound, last - place < 2, bytes.byte(at: last + 1) == character { last += 1 }
    return last - first >= 2
  }
}

extension TypeGraph {
  /// The types among this graph's own whose name is `essential`, in the order of their ids.
  ///
  /// Types that only have it but for a flavour count when there are no others: kernels have hardly any.
  func ownIDs(essentiallyNamed essential: String) -> [TypeID] {
    let plain = ownIDs(named: essential)
    if !plain.isEmpty || essential.isEmpty { return plain }
    // A name of the base that only this graph's types bear is among the base's strings.
    return (flavors(of: essential) + (base?.flavors(of: essential) ?? [])).flatMap(ownIDs(named:)).sorted()
  }

  private func ownIDs(named name: String) -> [TypeID] {
    var found: [TypeID] = []
    eachOwnID(named: name) { id in
      found.append(id)
      return true
    }
    return found
  }

  private func flavors(of essential: String) -> [String] {
    let index = flavorIndex.load() ?? flavorIndex.storeIfNil(FlavorIndex(of: self))
    return index.flavors(of: essential)
  }
}
