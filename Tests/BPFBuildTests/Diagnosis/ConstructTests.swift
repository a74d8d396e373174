import Diagnostics
import GoldenFiles
import LinuxSystem
import Testing

@testable import BPFBuild

/// What a person reads who writes something that no kernel program can do, or that is wrong Swift.
@Suite struct ConstructTests {
  @Test func constructsAreExplained() async throws {
    var file = try GoldenFile("constructs.golden")
    let outputs = try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for (index, item) in file.cases.enumerated() {
        group.addTask { (index, try Self.report(of: item.source + "\n")) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for index in file.cases.indices {
      let output = outputs[index] ?? ""
      if GoldenFile.isUpdating {
        file.cases[index].output = output
      } else {
        #expect(output == file.cases[index].output, "case \(index + 1)")
      }
    }
    if GoldenFile.isUpdating { try file.write() }
  }

  /// Build systems look for `file:line:column: error:`.
  @Test func problemsCanBeTheCompilers() throws {
    let folder = try ScratchFolder()
    let source = """
      import BPFKernel
      @section("xdp") func program(_ context: XDPContext) -> XDPAction {
        UInt32.random(in: 0..<10) > 4 ? .drop : .pass
      }
      """
    try FileSystem.write(Array(source.utf8), to: "\(folder.path)/a.bpf.swift")
    do throws(BuildError) {
      _ = try Build(sources: ["\(folder.path)/a.bpf.swift"]).run()
      Issue.record("it was built")
    } catch {
      guard case .rejected(let report) = error else { throw error }
      let place = "\(folder.path)/a.bpf.swift:3:10: "
      #expect(
        report.text(style: .compiler) == """
          \(place)error: this asks the C library for random numbers
            UInt32.random(in: 0..<10) > 4 ? .drop : .pass
                   ~~~~~~
          \(place)note: call bpf_get_prandom_u32()

          """)
    }
  }

  /// The report, with the folder of the source left out of its paths.
  private static func report(of source: String) throws -> String {
    let folder = try ScratchFolder()
    try FileSystem.write(Array(source.utf8), to: "\(folder.path)/a.bpf.swift")
    let build = Build(sources: ["\(folder.path)/a.bpf.swift"])
    do throws(BuildError) {
      _ = try build.run()
      return "built\n"
    } catch {
      guard case .rejected(let report) = error else { return "\(error)\n" }
      return report.text().replacing("\(folder.path)/", with: "")
    }
  }
}
