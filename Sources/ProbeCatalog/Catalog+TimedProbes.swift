import BTF
import Diagnostics
import LinuxSystem

extension Catalog {
  /// `UNIT:COUNT`, a time such as `1s`, or bare nanoseconds.
  func timer(_ provider: Provider, _ parts: [String]) throws(CatalogError) -> FoundProbe {
    let text = parts.joined(separator: ":")
    var period: TimerPeriod?
    switch parts.count {
    case 1: period = TimerPeriod(parts[0])
    case 2:
      guard TimerPeriod.units.contains(parts[0]) else {
        throw .notFound(provider, kind: "unit", name: parts[0], nearest: TimerPeriod.units)
      }
      period = Self.number(parts[1]).flatMap { TimerPeriod(unit: parts[0], count: $0) }
    default: throw .malformed(provider, text: "\(provider.name):\(text)")
    }
    guard let period else {
      throw .badNumber(
        parts[parts.count - 1], reason: parts.count == 1 ? "a time such as 1s or 100ms" : "a positive count")
    }
    return FoundProbe(provider, .timer(period), text)
  }

  /// `EVENT` or `EVENT:COUNT`.
  func perfEvent(_ provider: Provider, _ parts: [String]) throws(CatalogError) -> FoundProbe {
    guard parts.count == 1 || parts.count == 2, let name = parts.first, !name.isEmpty else {
      throw .malformed(provider, text: ([provider.name] + parts).joined(separator: ":"))
    }
    let unit = provider == .software ? CountedEvent.Unit.software : .hardware
    guard let event = CountedEvent.named(name, unit: unit) else {
      let names = CountedEvent.events(of: unit).flatMap { [$0.name] + ($0.alias.map { [$0] } ?? []) }
      throw .notFound(provider, kind: "event", name: name, nearest: NearestNames.nearest(to: name, among: names))
    }
    var count = event.defaultSampleCount
    if parts.count == 2, !parts[1].isEmpty {
      guard let given = Self.number(parts[1]), given > 0 else {
        throw .badNumber(parts[1], reason: "a positive count of events")
      }
      count = given
    }
    return FoundProbe(
      provider, .perfEvent(event, sampleCount: count), "\(name):\(parts.count == 2 ? parts[1] : "")")
  }

  /// `ADDRESS:LENGTH:MODE`.
  func watchpoint(_ provider: Provider, _ parts: [String]) throws(CatalogError) -> FoundProbe {
    guard parts.count == 3 else {
      throw .malformed(provider, text: ([provider.name] + parts).joined(separator: ":"))
    }
    guard let address = Self.number(parts[0]) else { throw .badNumber(parts[0], reason: "an address") }
    guard let length = Self.number(parts[1]), [1, 2, 4, 8].contains(length) else {
      throw .badNumber(parts[1], reason: "a length of 1, 2, 4 or 8 bytes")
    }
    guard !parts[2].isEmpty, Set(parts[2]).isSubset(of: ["r", "w", "x"]), Set(parts[2]).count == parts[2].count else {
      throw .badNumber(parts[2], reason: "a mode of r, w and x")
    }
    return FoundProbe(
      provider, .watchpoint(address: address, length: length, mode: String(parts[2].sorted())),
      parts.joined(separator: ":"))
  }

  /// `OBJECT` or `OBJECT:PIN`.
  func iterator(_ parts: [String]) throws(CatalogError) -> FoundProbe {
    let names = try iteratorNames()
    guard names.contains(parts[0]) else {
      throw .notFound(
        .iter, kind: "object", name: parts[0], nearest: NearestNames.nearest(to: parts[0], among: names))
    }
    return FoundProbe(
      .iter, .iterator(name: parts[0], pin: parts.count == 2 ? parts[1] : nil), parts.joined(separator: ":"))
  }

  /// The kernel's iterators: for each there is a function `bpf_iter_NAME` and a context `struct bpf_iter__NAME`.
  func iteratorNames() throws(CatalogError) -> [String] {
    guard let types = source.types(ofModule: nil) else { throw .missingFacility(.kernelTypes, alternatives: []) }
    let prefix = "bpf_iter__"
    return types.ids(of: .structure, matching: NamePattern(prefix + "*")).map { types.name(of: $0) }
      .map { String($0.dropFirst(prefix.utf8.count)) }
      .filter { types.id(named: "bpf_iter_\($0)", kind: .function) != nil }.sorted()
  }
}
