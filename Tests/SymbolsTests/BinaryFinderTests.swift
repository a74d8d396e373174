import LinuxSystem
import Testing

@testable import Symbols

@Suite struct BinaryFinderTests {
  let finder = BinaryFinder()

  @Test func findsLibrariesByShortName() throws {
    let paths = try finder.find("libc")
    #expect(paths.count == 1)
    #expect(paths[0].hasSuffix("/libc.so.6"))
    #expect(try finder.find("c") == paths)
    #expect(try finder.find("libc.so.6") == paths)
  }

  @Test func findsProgramsAlongPath() throws {
    #expect(try finder.find("sh").first?.hasSuffix("/sh") == true)
    #expect(try finder.find("/bin/sh") == ["/bin/sh"])
  }

  @Test func saysWhereItLooked() throws {
    do throws(BinaryFinder.Failure) {
      _ = try finder.find("no-such-library")
      Issue.record("found")
    } catch {
      guard case .noSuchBinary(let name, let tried) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(name == "no-such-library")
      #expect(tried.starts(with: ["PATH", "LD_LIBRARY_PATH", "/etc/ld.so.cache"]))
    }
    #expect(throws: BinaryFinder.Failure.noSuchBinary("/no/such", tried: ["/no/such"])) {
      _ = try finder.find("/no/such")
    }
  }
}
