import BPF
import Diagnostics
import LinuxSystem
import Synchronization
import Testing

@testable import BPFBuild

/// What goes into a build and what comes out, beyond the programs themselves.
@Suite struct BuildTests {
  private static let program = """
    @section("xdp") public func program(_ context: UnsafePointer<UInt32>) -> Int32 { 2 }

    """

  /// A folder with a program and a kernel-side library that takes no time to compile.
  private static func scratch() throws -> (folder: ScratchFolder, options: BuildOptions) {
    let folder = try ScratchFolder()
    try FileSystem.makeFolder("\(folder.path)/library")
    try FileSystem.write(Array("public struct Nothing {}\n".utf8), to: "\(folder.path)/library/Nothing.swift")
    try FileSystem.write(Array(program.utf8), to: "\(folder.path)/a.bpf.swift")
    var options = BuildOptions()
    options.libraryFolder = "\(folder.path)/library"
    options.cache = CacheFolder("\(folder.path)/cache")
    return (folder, options)
  }

  @Test func theCarriedLibraryIsTheFolder() throws {
    let root = String(#filePath.dropLast("Tests/BPFBuildTests/BuildTests.swift".utf8.count))
    let files = try KernelSource.files(below: root + "Sources/BPFKernel")
    #expect(KernelSource.all.map(\.path) == files.map(\.path), "run Scripts/kernel-sources")
    #expect(KernelSource.all == files)
  }

  /// Builds that find an empty cache all make what it lacks, and all make the same.
  @Test func buildsMayRunAtOnce() async throws {
    let (folder, options) = try Self.scratch()
    let objects = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<4 {
        group.addTask { try Build(sources: ["\(folder.path)/a.bpf.swift"], options: options).object() }
      }
      return try await group.reduce(into: [[UInt8]]()) { $0.append($1) }
    }
    #expect(Set(objects).count == 1)
    let kept = try FileSystem.entries(of: "\(folder.path)/cache/kernel").map(\.name)
    #expect(kept.count == 1)
    #expect(kept.first?.hasPrefix(".") == false)
  }

  /// The library is compiled once, and somebody hears of it.
  @Test func theLibraryIsKept() throws {
    let (folder, options) = try Self.scratch()
    let said = Mutex<[String]>([])
    let build = Build(sources: ["\(folder.path)/a.bpf.swift"], options: options)
    let first = try build.run { line in said.withLock { $0.append(line) } }
    let second = try build.run { line in said.withLock { $0.append(line) } }
    #expect(said.withLock { $0.count } == 1)
    #expect(said.withLock { $0.first?.hasPrefix("Preparing BPFKernel for Swift 6.") } == true)
    #expect(first.steps.map(\.name).contains("BPFKernel"))
    #expect(!second.steps.map(\.name).contains("BPFKernel"))
    #expect(second.steps.map(\.name) == ["swiftc", "rewrite", "clang", "strip"])
    #expect(first.bytes == second.bytes)
  }

  /// The same source in two folders makes the same object, and the object says nothing of the folders or of the cache.
  @Test(arguments: ["a.bpf.swift", "c.bpf.c"])
  func objectsDoNotDependOnTheirFolder(_ name: String) throws {
    let text = """
      #define SEC(name) __attribute__((section(name)))
      char _license[] SEC("license") = "GPL";
      SEC("xdp") int program(int *context) { return *context; }
      """
    let swift = """
      import BPFKernel
      public let license: StaticString = "GPL"
      let calls = HashMap<UInt32, UInt64>(maxEntries: 8)
      var small: UInt8 = 0
      @section("raw_tp/sys_enter") func program(_ event: RawTracepointContext) {
        calls[UInt32(truncatingIfNeeded: event[1]), default: 0] &+= 1
        small += 1
      }
      """
    let folders = [try ScratchFolder(), try ScratchFolder()]
    let objects = try folders.map { folder in
      let path = "\(folder.path)/\(name)"
      try FileSystem.write(Array((name.hasSuffix(".c") ? text : swift).utf8), to: path)
      var options = BuildOptions()
      options.sourceRoot = folder.path
      return try Build(sources: [path], options: options).object()
    }
    #expect(objects[0] == objects[1])
    let said = String(decoding: objects[0], as: UTF8.self)
    #expect(!said.contains(text: folders[0].path))
    #expect(!said.contains(text: "/kernel/."))
    #expect(said.contains(text: name))
    // The verifier quotes the lines all the same.
    #expect(said.contains(text: name.hasSuffix(".c") ? "return *context" : "  small += 1"))
    #expect(name.hasSuffix(".c") || said.contains(text: "\(name):7:9: arithmetic overflow"))
  }

  @Test func stagesCanBeSeen() throws {
    let (folder, options) = try Self.scratch()
    let build = Build(sources: ["\(folder.path)/a.bpf.swift"], options: options)
    let printed = String(decoding: try build.run(to: .ir).bytes, as: UTF8.self)
    #expect(printed.contains(text: "section \"xdp\""))
    let rewritten = String(decoding: try build.run(to: .rewritten).bytes, as: UTF8.self)
    #expect(rewritten.contains(text: "target triple = \"bpfel\""))
    #expect(rewritten.contains(text: "define dso_local i32 @program(ptr %0)"))
  }

  @Test func severalSourcesAreOneModule() throws {
    let (folder, options) = try Self.scratch()
    try FileSystem.write(
      Array("@section(\"xdp\") func other(_ context: UnsafePointer<UInt32>) -> Int32 { shared() }\n".utf8),
      to: "\(folder.path)/b.bpf.swift")
    try FileSystem.write(Array("func shared() -> Int32 { 1 }\n".utf8), to: "\(folder.path)/c.swift")
    let sources = ["a.bpf.swift", "b.bpf.swift", "c.swift"].map { "\(folder.path)/\($0)" }
    let object = try Build(sources: sources, options: options).object()
    #expect(try ObjectSpec(bytes: object, name: "several").programs.map(\.name).sorted() == ["other", "program"])
  }

  @Test func sourcesInCAreBuiltByClang() throws {
    let (folder, options) = try Self.scratch()
    let path = "\(folder.path)/c.bpf.c"
    let text = """
      char _license[] __attribute__((section("license"))) = "GPL";
      __attribute__((section("xdp"))) int program(void *context) { return 2; }
      """
    try FileSystem.write(Array(text.utf8), to: path)
    let spec = try ObjectSpec(bytes: Build(sources: [path], options: options).object(), name: "c")
    #expect(spec.programs.map(\.name) == ["program"])
    #expect(spec.types != nil)
  }

  @Test func aHeaderThatIsNotThereIsNamed() throws {
    let (folder, options) = try Self.scratch()
    let path = "\(folder.path)/c.bpf.c"
    try FileSystem.write(Array("#include <bpf/no_such_header.h>\n".utf8), to: path)
    do throws(BuildError) {
      _ = try Build(sources: [path], options: options).object()
      Issue.record("it was built")
    } catch {
      #expect(error.description.contains(text: "the header bpf/no_such_header.h is not there"))
      #expect(error.description.contains(text: "libbpf-dev"))
    }
  }

  @Test(arguments: [
    ([], "there is no source to build"), (["/dev/null"], "/dev/null is neither Swift (.swift) nor C (.c)"),
    (["/no/such.bpf.swift"], "stat /no/such.bpf.swift: No such file or directory"),
  ])
  func unsuitableSourcesAreRefused(_ sources: [String], _ expected: String) {
    do throws(BuildError) {
      _ = try Build(sources: sources).object()
      Issue.record("it was built")
    } catch {
      #expect(error.description.contains(text: expected), "\(error)")
    }
  }

  @Test func versionsAreRead() {
    #expect(
      ToolchainVersion(description: "Swift version 6.3.1 (swift-6.3.1-RELEASE)") == ToolchainVersion(6, 3))
    #expect(
      ToolchainVersion(description: "Apple Swift version 7.0-dev (LLVM abc, Swift def)") == ToolchainVersion(7, 0))
    #expect(ToolchainVersion(description: "clang") == nil)
    #expect(ToolchainVersion(6, 2) < ToolchainVersion(6, 10))
  }
}
