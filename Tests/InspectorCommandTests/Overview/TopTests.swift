import BPF
import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite(.needs(.ability(.runStatistics))) struct TopTests {
  private func program(_ name: String) throws -> Program {
    var code = Assembler()
    code.append(.move(.r0, 0))
    code.append(.exit)
    return try Program(ProgramSpec(name: name, type: .socketFilter, code: try code.finish()))
  }

  /// The columns of the last whole picture.
  private func column(_ index: Int, _ text: String) -> [String]? {
    let pictures = text.components(separatedBy: "\u{1b}[H\u{1b}[J")
    guard pictures.count > 2 else { return nil }
    let rows = pictures[pictures.count - 2].split(whereSeparator: \.isNewline).dropFirst()
    return rows.compactMap { row in
      let words = row.split(separator: " ")
      return words.count > index ? String(words[index]) : nil
    }
  }

  @Test func keysSortAndQuit() throws {
    let programs = [try program("zz_top"), try program("aa_top")]
    let terminal = try PseudoTerminal()
    let top = try InspectionProcess(["top", "interval", "0.05"], on: terminal)
    let first = try top.read { column(0, $0) != nil }
    #expect(first.hasPrefix("\u{1b}[?1049h\u{1b}[?25l"))
    #expect(first.contains("ID  TYPE"))
    #expect(!terminal.isAsBefore)
    // The switch belongs to a descriptor.
    let descriptors = try FileSystem.entries(of: "/proc/\(top.id)/fd").map {
      (try? FileSystem.target(ofLink: "/proc/\(top.id)/fd/\($0.name)")) ?? ""
    }
    #expect(descriptors.contains("anon_inode:bpf-stats"))
    for (key, index) in [("n", 2), ("i", 0)] {
      terminal.press(key)
      _ = try top.read { text in
        guard let shown = column(index, text), shown.count > 1 else { return false }
        if index == 2 { return shown == shown.sorted() || shown == shown.sorted(by: >) }
        let numbers = shown.compactMap { Int($0) }
        return numbers == numbers.sorted() || numbers == numbers.sorted(by: >)
      }
    }
    terminal.press("q")
    _ = try top.read(until: "\u{1b}[?25h\u{1b}[?1049l")
    #expect(top.wait() == 0)
    #expect(terminal.isAsBefore)
    withExtendedLifetime(programs) {}
  }

  @Test func aSignalRestoresTheTerminal() throws {
    let terminal = try PseudoTerminal()
    let top = try InspectionProcess(["top", "interval", "0.05", "sort", "memory"], on: terminal)
    _ = try top.read(until: "EVENTS/S")
    kill(top.id, SIGINT)
    _ = try top.read(until: "\u{1b}[?25h\u{1b}[?1049l")
    #expect(top.wait() == 0)
    #expect(terminal.isAsBefore)
  }
}
