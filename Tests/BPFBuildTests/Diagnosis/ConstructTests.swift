import Diagnostics
import GoldenFiles
import LinuxSystem
import Testing

@testable import BPFBuild

/// What a person reads who writes something that no kernel program can do, or that is wrong Swift.
@Suite struct ConstructTests {
  @Test func constructsAreExplained() throws {
    var file = try GoldenFile("constructs.golden")
    for index in file.cases.indices {
      let output = try Self.report(of: file.cases[index].source + "\n")
      if GoldenFile.isUpdating {
        file.cases[index].output = output
      } else {
        #expect(output == file.cases[index].output, "case \(index + 1)")
      }
    }
    if GoldenFile.isUpdating { try file.write() }
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
