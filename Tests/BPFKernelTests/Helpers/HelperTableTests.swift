import BPFKernel
import Bytecode
import Foundation
import Testing

@Suite struct HelperTableTests {
  /// The folder of the table and of the files that are written from it.
  private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Sources/BPFKernel/Helpers").standardized

  private func table() throws -> HelperTable {
    try HelperTable(parsing: String(contentsOf: folder.appendingPathComponent("helpers.table"), encoding: .utf8))
  }

  @Test func theTableNamesEveryHelperByItsNumber() throws {
    let named = try table().rows.map { row in (row.number, try HelperFunctionText(row).name) }
    let known = HelperFunction.all.map { (Int($0.rawValue), "bpf_\($0)") }
    #expect(named.map(\.0) == known.map(\.0))
    #expect(named.map(\.1) == known.map(\.1))
  }

  /// With `WRITE_HELPERS` in the environment the files are written instead.
  @Test func theFunctionsAreThoseOfTheTable() throws {
    let table = try table()
    for file in table.files {
      let place = folder.appendingPathComponent("Helpers+\(file).swift")
      let source = try table.source(of: file)
      if ProcessInfo.processInfo.environment["WRITE_HELPERS"] != nil {
        try source.write(to: place, atomically: true, encoding: .utf8)
      }
      #expect(try String(contentsOf: place, encoding: .utf8) == source, "\(file)")
    }
  }
}
