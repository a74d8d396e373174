import BTF
import Diagnostics

extension Catalog {
  /// The tracepoints that come near a kernel function, as attach points: what to use where there are no kprobes.
  ///
  /// Found by the words of the names: `vfs_read` gives `tracepoint:syscalls:sys_enter_read`. Rare words count more than
  /// frequent ones, and a name counts the less the more other words it has.
  public func nearestAlternatives(toKernelFunction name: String, limit: Int = 3) -> [String] {
    let wanted = Set(Self.tellingWords(of: name))
    guard !wanted.isEmpty else { return [] }
    var candidates = ((try? tracepoints())?.events ?? []).map {
      (name: "tracepoint:\($0.subsystem):\($0.name)", words: Self.tellingWords(of: "\($0.subsystem)_\($0.name)"))
    }
    if candidates.isEmpty {
      candidates = ((try? rawTracepointNames(module: nil, event: .everything)) ?? []).map {
        (name: "rawtracepoint:\($0.name)", words: Self.tellingWords(of: $0.name))
      }
    }
    var frequency: [String: Int] = [:]
    for candidate in candidates { for word in Set(candidate.words) { frequency[word, default: 0] += 1 } }
    var found: [(score: Double, name: String)] = []
    for candidate in candidates {
      let words = Set(candidate.words)
      let shared = words.intersection(wanted)
      guard !shared.isEmpty else { continue }
      let gain = shared.reduce(0.0) { $0 + 1 / Double(1 + (frequency[$1] ?? 0)).squareRoot() }
      found.append((gain * Double(shared.count) / Double(1 + words.count - shared.count), candidate.name))
    }
    // What shares only a frequent word with the function would lead astray.
    let best = found.map(\.score).max() ?? 0
    return found.filter { $0.score * 2 > best }.sorted { ($1.score, $0.name) < ($0.score, $1.name) }
      .prefix(limit).map(\.name)
  }

  /// The words of a name without those that say nothing about what it does.
  private static func tellingWords(of name: String) -> [String] {
    let abbreviations = ["blk": "block", "bio": "block"]
    let silent: Set<String> = [
      "vfs", "sys", "syscalls", "ksys", "do", "x64", "ia32", "arm64", "se", "compat", "enter", "exit", "kernel",
      "common",
      "the", "tp", "raw",
    ]
    let words = NearestNames.words(of: name).map { abbreviations[$0] ?? $0 }
    let telling = words.filter { !silent.contains($0) && $0.count > 1 }
    return telling.isEmpty ? words : telling
  }
}
