import BTF
import Diagnostics

extension Catalog {
  /// Up to three probes near an attach point that fits none, for hints.
  public func probesNear(_ parts: [String]) -> [String] {
    guard let word = parts.first, let provider = Provider(named: word) else { return [] }
    let rest = parts.dropFirst().joined(separator: ":")
    var names: [String] = []
    switch provider {
    case .tracepoint: names = ((try? tracepoints())?.events ?? []).map { "\($0.subsystem):\($0.name)" }
    case .rawtracepoint:
      names = ((try? rawTracepointNames(module: nil, event: .everything)) ?? []).map(\.name)
    case .kprobe, .kretprobe, .fentry, .fexit:
      try? functions().forEach(matching: .everything) { name, _ in names.append(name) }
    default: break
    }
    return NearestNames.nearest(to: rest, among: names).map { "\(provider.name):\($0)" }
  }
}
