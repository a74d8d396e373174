import BPF
import KernelTesting
import LinuxSystem
import Testing

/// The kernel sides of the examples: the same objects load on every kernel, where their fields lie elsewhere.
@Suite struct ExampleTests {
  private static let folder = String(#filePath.dropLast("Tests/BPFBuildTests/ExampleTests.swift".utf8.count))
  private static let sources = folder + "Examples/Sources/"

  /// Examples with a kernel side in Swift.
  private static let names: [String] = {
    let names = (try? FileSystem.entries(of: sources).map(\.name)) ?? []
    return names.filter { (try? FileStatus(of: "\(sources)\($0)/Kernel/\($0).bpf.swift")) != nil }.sorted()
  }()

  @Test(arguments: names)
  func loads(_ name: String) throws {
    let spec = try KernelObject.spec(of: "\(Self.sources)\(name)/Kernel/\(name).bpf.swift")
    try spec.cancelWhereTheKernelLacksSomething()
    do throws(LoadError) {
      let object = try BPFObject(spec)
      #expect(object.programs.count == spec.programs.count { $0.isLoaded })
    } catch {
      // Functions of the kernel come and go.
      guard case .missingTarget = error else { throw error }
      try Test.cancel("\(error)")
    }
  }

  @Test func thereAreExamples() {
    #expect(Self.names.count > 15)
  }
}
