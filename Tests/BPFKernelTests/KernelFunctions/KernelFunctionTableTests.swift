import BPF
import BPFBuild
import Foundation
import KernelTesting
import Testing

@Suite struct KernelFunctionTableTests {
  /// The folder of the table and of the files that are written from it.
  private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Sources/BPFKernel/KernelFunctions").standardized

  private func table() throws -> KernelFunctionTable {
    try KernelFunctionTable(
      parsing: String(contentsOf: folder.appendingPathComponent("functions.table"), encoding: .utf8))
  }

  /// With `WRITE_FUNCTIONS` in the environment the files are written instead.
  @Test func theFunctionsAreThoseOfTheTable() throws {
    let table = try table()
    for file in table.files {
      let place = folder.appendingPathComponent("KernelFunctions+\(file).swift")
      let source = try table.source(of: file)
      if ProcessInfo.processInfo.environment["WRITE_FUNCTIONS"] != nil {
        try source.write(to: place, atomically: true, encoding: .utf8)
      }
      #expect(try String(contentsOf: place, encoding: .utf8) == source, "\(file)")
    }
  }

  /// A kernel that has them all finds each with the arguments that the table says.
  @Test(.needs(linux: 6, 18, for: "all functions of the table"))
  func theKernelDeclaresThemAlike() throws {
    let declarations = try table().rows.map(\.declaration)
    let questions = declarations.enumerated().map { index, declaration in
      "  if !KernelFunction(\"\(declaration)\").exists { missing.set(1, for: \(index)) }"
    }
    let source = """
      import BPFKernel
      public let license: StaticString = "GPL"
      let missing = HashMap<UInt32, UInt32>(maxEntries: \(declarations.count))
      @section("raw_tp/sys_enter")
      func ask(_ context: RawTracepointContext) {
      \(questions.joined(separator: "\n"))
      }
      """
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let path = scratch.appendingPathComponent("ask.bpf.swift").path
    try source.write(toFile: path, atomically: true, encoding: .utf8)
    let object = try BPFObject(ObjectSpec(bytes: Build(sources: [path]).object(), name: "ask"))
    _ = try object.program(named: "ask").run()
    let missing = try object.map(named: "missing")
    for (index, declaration) in declarations.enumerated() {
      let key = [UInt8(index), 0, 0, 0]
      #expect(try missing.value(of: key) == nil, "\(declaration)")
    }
  }
}
