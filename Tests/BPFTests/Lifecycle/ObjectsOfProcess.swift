import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// What a test made in the kernel, and what its process has open.
///
/// Only for processes that run one test.
struct ObjectsOfProcess {
  private let name: String
  private var ids: [ObjectKind: Set<UInt32>] = [:]

  /// Nothing yet; the name is for messages.
  init(named name: String) { self.name = name }

  /// Remembers a program and its maps.
  mutating func note(_ program: Program) throws {
    let info = try program.info()
    ids[.program, default: []].insert(info.id)
    ids[.map, default: []].formUnion(info.mapIDs)
  }

  /// Remembers a link, its parts, its program and the program's maps.
  mutating func note(_ link: Link) throws {
    for part in [link] + link.parts { if let id = try part.info()?.id { ids[.link, default: []].insert(id) } }
    if let program = link.program { try note(program) }
  }

  /// Expects that the process has open what it had, and that everything remembered is gone, when something has been done
  /// so many times.
  mutating func expectNone(after count: Int, _ body: (inout Self) throws -> Void) throws {
    // The first time fills caches, which may keep something open.
    try body(&self)
    let before = try Self.descriptors()
    for _ in 0..<count { try body(&self) }
    let after = try Self.descriptors()
    #expect(after == before, "\(name): descriptors \(after), not \(before)")
    for (kind, ids) in ids {
      _ = eventually { ids.allSatisfy { isGone(kind, $0) } }
      #expect(ids.filter { !isGone(kind, $0) } == [], "\(name): left of \(kind)")
    }
    #expect(try linksOfPrograms() == [], "\(name): links")
    for file in ["kprobe_events", "uprobe_events"] {
      guard let lines = try? TraceFS(LiveKernel()).contents(of: file) else { continue }
      let left = String(decoding: lines, as: UTF8.self).split(separator: "\n")
        .filter { $0.contains("/p\(CurrentProcess.id)_") }
      #expect(left == [], "\(name): \(file)")
    }
  }

  /// The links of the programs that were remembered, whoever holds them.
  private func linksOfPrograms() throws -> [UInt32] {
    var found: [UInt32] = []
    var last: UInt32 = 0
    while let next = try? LiveKernel().nextID(of: .link, after: last) {
      last = next
      guard let info = try? Link(id: next).info() else { continue }
      if ids[.program]?.contains(info.programID) == true { found.append(next) }
    }
    return found
  }

  /// What each descriptor is open on, but for the folder that is being read, and for what Dispatch's threads open and
  /// close when they like.
  private static func descriptors() throws -> [String] {
    let others = ["anon_inode:[eventfd]", "anon_inode:[eventpoll]", "anon_inode:[timerfd]"]
    return try FileSystem.entries(of: "/proc/self/fd")
      .compactMap { try? FileSystem.target(ofLink: "/proc/self/fd/\($0.name)") }
      .filter { !$0.hasPrefix("/proc/") && !others.contains($0) }.sorted()
  }
}
