internal import BPF
internal import BPFBindings
internal import BPFBuild
internal import Diagnostics
internal import LinuxSystem

/// One call of `bpf build`.
public struct BuildInvocation: Hashable, Sendable {
  private let words: [String]
  private let name: String

  /// The words behind the command's name, and that name as messages say it.
  public init(_ words: [String], calledAs name: String) {
    self.words = words
    self.name = name
  }

  /// Builds what is asked for; the answer is the status to end with.
  public func run() -> UInt8 {
    let request: BuildRequest
    do throws(BuildUsageError) {
      request = try BuildRequest(words)
    } catch {
      return complain("\(name): \(error)\nTry '\(name) --help'.\n")
    }
    if request.wantsHelp {
      Self.write(Self.help(calledAs: name), to: .output)
      return 0
    }
    var options = request.options
    let isTerminal = StandardStream.error.isTerminal
    options.isColoured = isTerminal
    let start = SystemClock.monotonic.nanoseconds
    do throws(BuildError) {
      let result = try Build(sources: request.sources, options: options).run(to: request.stage) { line in
        if isTerminal || request.isVerbose { Self.write(line + "\n", to: .error) }
      }
      Self.write(result.report.text(isColoured: isTerminal, style: style), to: .error)
      let spec = request.stage == .object ? object(result.bytes, request) : nil
      if let spec { Self.write(ObjectRemarks.text(on: spec, from: request.sources[0], style), to: .error) }
      if let path = request.bindings {
        guard let spec, let text = bindings(of: spec, result.bytes, request) else { return 1 }
        try save(Array(text.utf8), path)
      }
      // Bindings have the object inside.
      if request.bindings == nil || request.output != nil { try save(result.bytes, request.outputPath) }
      if request.isVerbose { tell(result, since: start) }
      return 0
    } catch {
      if case .rejected(let report) = error { return complain(report.text(isColoured: isTerminal, style: style)) }
      return complain("\(name): \(error)\n")
    }
  }

  /// The tool of build systems speaks as compilers do.
  private var style: BuildReport.Style { name == "bpf-build" ? .compiler : .plain }

  /// The object as the library reads it; nil when it cannot, which is told.
  private func object(_ bytes: [UInt8], _ request: BuildRequest) -> ObjectSpec? {
    let source = request.sources[0].split(separator: "/").last.map(String.init) ?? request.sources[0]
    do throws(ObjectError) { return try ObjectSpec(bytes: bytes, name: source) } catch {
      _ = complain("\(source): \(error)\n")
      return nil
    }
  }

  /// Typed access to an object; nil when there cannot be any, which is told.
  private func bindings(of spec: ObjectSpec, _ bytes: [UInt8], _ request: BuildRequest) -> String? {
    do throws(ObjectBindingsError) {
      return try ObjectBindings(of: spec, named: request.bindingsName, bytes: bytes).text()
    } catch {
      _ = complain("\(spec.name): \(error)\n")
      return nil
    }
  }

  private func save(_ bytes: [UInt8], _ path: String) throws(BuildError) {
    do throws(SystemCallError) {
      if path == "-" {
        let output = try BufferedOutput(.output, buffering: .full)
        try output.write(bytes[...])
        try output.flush()
        return
      }
      // Whoever watches the file never sees half of it.
      let draft = "\(path).\(CurrentProcess.id).part"
      do throws(SystemCallError) {
        try FileSystem.write(bytes, to: draft)
        try FileSystem.rename(draft, to: path)
      } catch {
        try? FileSystem.remove(draft)
        throw error
      }
    } catch {
      throw .system(error)
    }
  }

  private func tell(_ result: Build.Result, since start: Int64) {
    var text = ""
    for step in result.steps {
      text += "\(Self.milliseconds(step.nanoseconds))  \(step.name)"
      text += step.words.isEmpty ? "\n" : ": \(step.words.map(Self.quoted).joined(separator: " "))\n"
    }
    text += "\(Self.milliseconds(SystemClock.monotonic.nanoseconds &- start))  in all, \(result.bytes.count) bytes\n"
    if !result.trapSites.isEmpty { text += "\(result.trapSites.count) checks that can fail\n" }
    Self.write(text, to: .error)
  }

  private static func milliseconds(_ nanoseconds: Int64) -> String {
    let tenths = nanoseconds / 100_000
    let text = "\(tenths / 10).\(tenths % 10) ms"
    return String(repeating: " ", count: max(0, 10 - text.count)) + text
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        byte > 0x20 && byte < 0x7f && !"\"'\\$`*?&|;<>()[]{}#!~".utf8.contains(byte)
      }
    return isPlain ? word : "'\(word)'"
  }

  private func complain(_ text: String) -> UInt8 {
    Self.write(text, to: .error)
    return 1
  }

  private static func write(_ text: String, to stream: StandardStream) {
    guard !text.isEmpty, let output = try? BufferedOutput(stream, buffering: .full) else { return }
    try? output.write(text)
    try? output.flush()
  }

  static func help(calledAs name: String) -> String {
    """
    Usage: \(name) [OPTION...] FILE.bpf.swift... [-o FILE.bpf.o]
           \(name) [OPTION...] FILE.bpf.c [-o FILE.bpf.o]

    Makes a BPF object of Swift sources, which become one module, or of one C source.

      -o, --output FILE     where the object goes; - is the standard output
          --bindings FILE   write Swift with typed access to the object, which is inside it
          --name NAME       what the type of the bindings is called; usually as the source
      -I FOLDER             look for modules and headers there, too
          --isa VERSION     instruction set: v1, v2, v3 (usual) or v4
          --traps WAY       a check that fails ends the program, and is counted per line (count) or not (exit)
          --prove           the verifier must show that no check can fail (kernel 6.17)
      -g                    keep DWARF; BTF with its lines is always there
          --strip           leave DWARF out (usual)
          --emit STAGE      ir, rewritten or object
          --source-root FOLDER
                        call sources in the object by their place below the folder, wherever it is
      -w                    leave the compiler's warnings out
      -v, --verbose         say which commands run and how long they take
          --cache FOLDER    keep compiled forms there and not in ~/.cache/swift-bpf
      -h, --help            this help

    """
  }
}
