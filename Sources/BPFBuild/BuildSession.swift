internal import Diagnostics
internal import LinuxSystem

/// One build as it goes: the commands that it runs, and what they said.
struct BuildSession {
  let build: Build
  let toolchain: Toolchain
  let cache: CacheFolder
  var steps: [BuildStep] = []
  var report = BuildReport()

  init(_ build: Build, _ toolchain: Toolchain, _ cache: CacheFolder) {
    self.build = build
    self.toolchain = toolchain
    self.cache = cache
    if let version = toolchain.version, version > ToolchainVersion.newest {
      report.add(.unknownToolchain(toolchain.description))
    }
  }

  /// What Swift sources are compiled with, besides what ``KernelModule`` needs.
  ///
  /// The standard library is that of another 64-bit machine, since there is none for BPF; nothing of it leaks. Headers
  /// are read as BPF's, and that makes Swift use C's calling convention throughout.
  static let compilerFlags = [
    "-target", "aarch64-none-none-elf", "-clang-target", "bpfel-unknown-none", "-disable-objc-interop", "-O", "-g",
    "-debug-info-format=dwarf", "-dwarf-version=4", "-no-clang-module-breadcrumbs", "-disable-stack-protector",
    "-enforce-exclusivity=unchecked", "-enable-experimental-feature", "Embedded", "-swift-version", "5",
    "-parse-as-library", "-no-auto-bridging-header-chaining", "-empty-abi-descriptor",
  ]

  /// The name of the module that user sources become.
  static let moduleName = "program"

  mutating func buildSwift(
    to stage: BuildStage, _ progress: (String) -> Void
  ) throws(BuildError) -> Build.Result {
    let library = try KernelModule(toolchain, cache).compiled(&self, progress)
    let options = build.options
    var words = [toolchain.frontend, "-frontend", "-emit-irgen"] + build.sources + Self.compilerFlags
    words += ["-I", library.folder, "-module-cache-path", "\(cache.path)/modules", "-module-name", Self.moduleName]
    for folder in options.searchFolders { words += ["-I", folder] }
    words += options.isColoured ? ["-color-diagnostics"] : ["-no-color-diagnostics", "-Xcc", "-fno-color-diagnostics"]
    words += ["-enable-experimental-feature", "Extern"]
    if !options.warns { words += ["-suppress-warnings"] }
    for folder in ["/usr/include", Self.machineHeaders].compactMap({ $0 }) {
      words += ["-Xcc", "-idirafter", "-Xcc", folder]
    }
    words += ["-file-compilation-dir", ".", "-o", "-"]
    let outcome = try run("swiftc", words)
    report.compilerText += String(decoding: outcome.errors, as: UTF8.self)
    guard outcome.isSuccess else {
      if let crash = CompilerCrash(outcome) {
        report.compilerText = crash.text
        report.add(crash.problem)
      } else {
        var imports = false
        for source in build.sources where try sourceText(source).contains(text: "import BPFKernel") { imports = true }
        for hint in CompilerHints.hints(for: report.compilerText, importsLibrary: imports) {
          report.compilerText += "HINT: \(hint)\n"
        }
      }
      throw .rejected(report)
    }
    if stage == .ir { return result(outcome.output) }
    let start = SystemClock.monotonic.nanoseconds
    var rewriting = RewritingOptions()
    rewriting.instructionSet = options.instructionSet
    rewriting.traps = options.traps
    rewriting.files = try files(library.sources)
    let rewritten = Rewriting.rewrite(IRText(outcome.output), options: rewriting)
    for problem in rewritten.problems { report.add(problem) }
    if report.diagnostics.hasErrors { throw .rejected(report) }
    let text = Array(rewritten.text.utf8)
    steps.append(BuildStep(name: "rewrite", words: [], nanoseconds: SystemClock.monotonic.nanoseconds &- start))
    if stage == .rewritten { return result(text, rewritten) }
    let object = try assemble(text, rewritten)
    return result(object, rewritten)
  }

  /// Makes an object of rewritten IR.
  private mutating func assemble(_ text: [UInt8], _ rewritten: Rewriting) throws(BuildError) -> [UInt8] {
    // Swift's clang moves cold code into functions of its own, which a loader cannot call.
    let words =
      [toolchain.clang, "-target", "bpfel", "-mcpu=\(build.options.instructionSet.rawValue)", "-O2", "-g", "-Xclang"]
      + ["-fno-split-cold-code", "-Wno-override-module", "-fno-color-diagnostics", "-c", "-x", "ir", "-", "-o", "-"]
    let outcome = try run("clang", words, input: text)
    guard outcome.isSuccess else {
      let errors = String(decoding: outcome.errors, as: UTF8.self)
      for problem in BackendMessages.problems(in: errors, of: rewritten) { report.add(problem) }
      throw .rejected(report)
    }
    return try stripped(outcome.output)
  }

  /// The object without DWARF, unless it is to stay.
  mutating func stripped(_ object: [UInt8]) throws(BuildError) -> [UInt8] {
    if build.options.keepsDebugInformation { return object }
    let outcome = try run("strip", [toolchain.objcopy, "--strip-debug", "-", "-"], input: object)
    guard outcome.isSuccess else {
      report.compilerText += String(decoding: outcome.errors, as: UTF8.self)
      throw .rejected(report)
    }
    return outcome.output
  }

  func result(_ bytes: [UInt8], _ rewriting: Rewriting? = nil) -> Build.Result {
    Build.Result(bytes: bytes, report: report, steps: steps, trapSites: rewriting?.trapSites ?? [])
  }

  /// Runs a command and notes how long it took.
  mutating func run(_ name: String, _ words: [String], input: [UInt8] = []) throws(BuildError) -> CommandRun.Outcome {
    do throws(SystemCallError) {
      let outcome = try CommandRun(words, input: input).outcome()
      steps.append(BuildStep(name: name, words: words, nanoseconds: outcome.nanoseconds))
      return outcome
    } catch {
      throw .system(error)
    }
  }

  /// The names and texts of the sources and of the library's files.
  private func files(_ library: [String: String]) throws(BuildError) -> SourceFiles {
    var files = SourceFiles(library: library, root: build.options.sourceRoot)
    for source in build.sources { files.own[source] = try sourceText(source) }
    return files
  }

  private func sourceText(_ source: String) throws(BuildError) -> String {
    do throws(SystemCallError) {
      return try FileSystem.text(of: source)
    } catch {
      throw .system(error)
    }
  }
}
