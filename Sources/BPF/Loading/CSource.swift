internal import Diagnostics
public import KernelInterface
public import LinuxSystem

/// A program in C, compiled when it is needed by a clang that can write BPF objects.
///
///     let source = CSource(text, name: "counter.bpf.c")
///     let object = try BPFObject(source: source)
///
/// The source is a file like any other for clang: it includes `<linux/bpf.h>` and `<bpf/bpf_helpers.h>` where those are
/// installed.
public struct CSource: Hashable, Sendable {
  /// The text.
  public var text: String
  /// What messages and source lines call the file; the object's name is what stands before the first dot.
  public var name: String
  /// `-mcpu`: the instruction set; nil for the running kernel's, which is "v3" from Linux 5.12 on and "v2" before.
  public var level: String?
  /// Further arguments of clang, such as `-I` and `-D`.
  public var arguments: [String] = []
  /// The compiler's path or name; nil for the environment's `CLANG`, then `clang` along `PATH`.
  public var compiler: String?

  /// A source with the default settings.
  public init(_ text: String, name: String = "source.bpf.c") {
    self.text = text
    self.name = name
  }

  /// Compiles the source; the answer is the object file's bytes.
  ///
  /// - Throws: ``CompilationError``: the compiler's errors with their places, or that there is no compiler.
  public func compiled() throws(CompilationError) -> [UInt8] {
    let compiler = try locateCompiler()
    let folder =
      "\(Environment.value(of: "TMPDIR") ?? "/tmp")/swift-bpf-\(CurrentProcess.id)-\(UInt64.random(in: 0...(.max)))"
    do throws(SystemCallError) {
      try FileSystem.makeFolder(folder)
    } catch {
      throw .system(error)
    }
    // The file bears its own last name, and the compiler leaves the folder out of what it writes: records of source
    // lines then have the name that users know. Their text comes from the source that is kept with the debug information.
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let fileName = parts.last.flatMap { ["", ".", ".."].contains($0) ? nil : $0 } ?? "source.c"
    let prefix = parts.dropLast().map { "\($0)/" }.joined()
    let source = "\(folder)/\(fileName)"
    let object = "\(folder)/\(fileName).object"
    defer {
      for file in [source, object] { try? FileSystem.remove(file) }
      try? FileSystem.removeFolder(folder)
    }
    do throws(SystemCallError) {
      let file = try FileSystem.open(source, .create)
      let output = BufferedOutput(file, subject: source, buffering: .full)
      try output.write(Array(text.utf8)[...])
      try output.flush()
    } catch {
      throw .system(error)
    }
    let level = level ?? (KernelFeatures.running.has(.fetchingAtomics) ? "v3" : "v2")
    let words =
      [compiler, "-target", "bpf", "-mcpu=\(level)", "-g", "-gembed-source", "-O2", "-c"]
      + ["-fno-caret-diagnostics", "-fno-color-diagnostics", "-fdebug-compilation-dir=\(folder)"]
      + ["-ffile-prefix-map=\(folder)=", "-ffile-prefix-map=\(folder)/=\(prefix)"]
      + ["-idirafter", "/usr/include/\(MachineArchitecture.current.rawValue)-linux-gnu"] + arguments
      + ["-o", object, "-x", "c", source]
    let (status, said) = try Self.run(words)
    let output = said.pieces(separatedBy: "\(folder)/").joined(separator: prefix)
    guard status == 0 else {
      if try !Self.run([compiler, "--print-targets"]).output.contains(text: "bpf") {
        throw .noTarget(compiler: compiler)
      }
      throw .refused(CompilerMessage.parse(output), output: output)
    }
    do throws(SystemCallError) { return try FileSystem.contents(of: object) } catch { throw .system(error) }
  }

  private func locateCompiler() throws(CompilationError) -> String {
    let name = compiler ?? Environment.value(of: "CLANG").flatMap { $0.isEmpty ? nil : $0 } ?? "clang"
    do throws(SystemCallError) { return try ExecutableSearch.locate(name) } catch { throw .noCompiler(error) }
  }

  /// Runs a command to its end; the output is that of both streams.
  private static func run(_ words: [String]) throws(CompilationError) -> (status: Int, output: String) {
    let command = words.map {
      "'\($0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
    }
    do throws(SystemCallError) {
      let output = try ShellCommand("\(command.joined(separator: " ")) 2>&1; status=$?; echo; echo $status").output()
      let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
      return (lines.last.flatMap { Int($0) } ?? -1, lines.dropLast().joined(separator: "\n"))
    } catch {
      throw .system(error)
    }
  }
}

/// One message of a compiler.
public struct CompilerMessage: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is, as compilers write it.
  public enum Severity: String, Sendable {
    /// There is no object because of it.
    case error
    /// It may be a mistake.
    case warning
    /// It belongs to the message before it.
    case note
  }

  /// The file, by the source's own name.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int
  /// How bad it is.
  public var severity: Severity
  /// The message itself.
  public var text: String

  /// "counter.bpf.c:3:7: error: use of undeclared identifier 'x'".
  public var description: String { "\(file):\(line):\(column): \(severity): \(text)" }

  /// Reads the lines `FILE:LINE:COLUMN: SEVERITY: TEXT`; others, such as summaries, are passed over.
  static func parse(_ output: String) -> [CompilerMessage] {
    output.split(separator: "\n").compactMap { line in
      for severity in [Severity.error, .warning, .note] {
        for word in [": fatal \(severity): ", ": \(severity): "] {
          guard let range = line.range(ofText: word) else { continue }
          let place = line[..<range.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
          guard place.count >= 3, let row = Int(place[place.count - 2]), let column = Int(place[place.count - 1])
          else { continue }
          return CompilerMessage(
            file: place.dropLast(2).joined(separator: ":"), line: row, column: column, severity: severity,
            text: String(line[range.upperBound...]))
        }
      }
      return nil
    }
  }
}

extension Substring {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
      place = index(after: place)
    }
    return nil
  }
}

/// Why a source could not be made an object.
public enum CompilationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no clang; `CLANG` in the environment can name one.
  case noCompiler(SystemCallError)
  /// The compiler was built without BPF.
  case noTarget(compiler: String)
  /// The source is not correct; `output` is all that the compiler said.
  case refused([CompilerMessage], output: String)
  /// The compiler could not be run.
  case system(SystemCallError)
  /// The object is not one that can be read.
  case object(ObjectError)

  /// One line with the facts.
  public var description: String {
    switch self {
    case .noCompiler(let error): "no C compiler: \(error)"
    case .noTarget(let compiler): "\(compiler) was built without the BPF target (see --print-targets)"
    case .refused(let messages, let output):
      messages.first { $0.severity == .error }?.description ?? output.split(separator: "\n").first.map(String.init)
        ?? "the compiler failed without a word"
    case .system(let error): "\(error)"
    case .object(let error): "\(error)"
    }
  }
}

extension ObjectSpec {
  /// Compiles a source and reads the object.
  ///
  /// - Throws: ``CompilationError``: what the compiler said, or ``CompilationError/object(_:)``.
  public init(source: CSource) throws(CompilationError) {
    let bytes = try source.compiled()
    do throws(ObjectError) { try self.init(bytes: bytes, name: source.name) } catch { throw .object(error) }
  }
}

extension BPFObject {
  /// Compiles a source, and loads the object.
  ///
  /// - Throws: ``LoadError/source(_:)`` when it cannot be compiled.
  public convenience init(
    source: CSource, options: LoadOptions = LoadOptions(), kernel: any KernelCalls = LiveKernel()
  ) throws(LoadError) {
    let spec: ObjectSpec
    do throws(CompilationError) { spec = try ObjectSpec(source: source) } catch { throw .source(error) }
    try self.init(spec, options: options, kernel: kernel)
  }
}
