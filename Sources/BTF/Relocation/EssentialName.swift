import Synchronization

extension StringProtocol {
  /// The name without its flavour, that is without the last `___` and what follows it: `task_struct` of
  /// `task_struct___old`.
  ///
  /// Types of one object may need the same name although their layouts differ; what stands behind three underscores
  /// between other characters tells them apart and means nothing else (libbpf's "CO-RE flavors").
  public var essentialName: String {
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
/// Kernels have a few dozens at most. They are found by a look at the strings, eight bytes at a time.
final class FlavorIndex: Sendable {
  private let names: [String: [String]]

  init(of graph: TypeGraph) {
    let bytes = graph.bytes
    let strings = graph.strings
    var found: [String: [String]] = [:]
    var place = strings.lowerBound
    while let underscores = Self.threeUnderscores(from: place, in: bytes, limit: strings.upperBound) {
      var start = underscores
      while start > strings.lowerBound, bytes.byte(at: start - 1) != 0 { start -= 1 }
      let raw = bytes.string(at: start, limit: strings.upperBound)
      let name = String(decoding: raw, as: UTF8.self)
      let essential = name.essentialName
      if essential != name { found[essential, default: []].append(name) }
      place = start + raw.count + 1
    }
    names = found
  }

  /// The names that are `essential` with a flavour.
  func flavors(of essential: String) -> [String] { names[essential] ?? [] }

  /// Where the next three underscores in a row begin.
  private static func threeUnderscores(from start: Int, in bytes: GraphBytes, limit: Int) -> Int? {
    var place = start
    while place + 8 <= limit {
      // A byte that is an underscore becomes zero, and then 0x80; all others become zero.
      let chunk =
        UInt64(littleEndian: bytes.start.loadUnaligned(fromByteOffset: place, as: UInt64.self)) ^ 0x5f5f_5f5f_5f5f_5f5f
      let underscores = ~((chunk & 0x7f7f_7f7f_7f7f_7f7f) &+ 0x7f7f_7f7f_7f7f_7f7f | chunk | 0x7f7f_7f7f_7f7f_7f7f)
      let threes = underscores & underscores >> 8 & underscores >> 16
      if threes != 0 { return place + threes.trailingZeroBitCount / 8 }
      // Three that begin with one of the last two bytes are found by the next look.
      place += 6
    }
    let underscore = UInt8(ascii: "_")
    while place + 3 <= limit {
      if (0..<3).allSatisfy({ bytes.byte(at: place + $0) == underscore }) { return place }
      place += 1
    }
    return nil
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
