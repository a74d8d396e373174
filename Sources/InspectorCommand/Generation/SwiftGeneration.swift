internal import BPF
internal import BPFBindings
internal import BTF
internal import Diagnostics
internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// Swift sources from what the kernel and objects say of their types.
  static let swiftGeneration: [Operation] = [
    Operation(
      "vmlinux", arguments: "FIELD...", summary: "declare structs of the kernel, for programs in Swift"
    ) { call throws(InspectorError) in try generateKernelTypes(&call) },
    Operation(
      "tracepoint", arguments: "SUBSYSTEM:EVENT...", summary: "declare records of tracepoints, for programs in Swift"
    ) { call throws(InspectorError) in try generateTracepoints(&call) },
    Operation(
      "bindings", arguments: "FILE [name NAME] [embed]", summary: "typed access to an object from a Swift program"
    ) { call throws(InspectorError) in try generateBindings(&call) },
  ]

  /// What the arguments of these mean.
  static let swiftGenerationTerms: [(String, String)] = [
    ("FIELD", "STRUCT for all of its fields, or STRUCT.FIELD[.FIELD...], through pointers too"),
    ("FILE", "an object (.o); with 'embed' it becomes part of the source"),
  ]

  private static func generateKernelTypes(_ call: inout InspectorCall) throws(InspectorError) {
    guard !call.words.isEmpty else { throw .usage("expected structs or fields, such as task_struct.real_parent.tgid") }
    let types = try kernelTypes(call)
    var declarations = KernelDeclarations(of: types)
    for word in call.words { try add(word, to: &declarations, types) }
    try answer(in: call, declarations)
  }

  private static func generateTracepoints(_ call: inout InspectorCall) throws(InspectorError) {
    guard !call.words.isEmpty else { throw .usage("expected tracepoints, such as sched:sched_process_exec") }
    let types = try kernelTypes(call)
    var declarations = KernelDeclarations(of: types)
    var usage = ""
    for word in call.words {
      let record = try TracepointRecord(word, kernel: call.kernel, types: types)
      for field in record.fields {
        if let structure = record.structure { try add("\(structure).\(field)", to: &declarations, types) }
      }
      usage += "\n\(record.usage)"
    }
    try answer(in: call, declarations, usage)
  }

  private static func generateBindings(_ call: inout InspectorCall) throws(InspectorError) {
    guard let path = call.words.popFirst() else { throw .usage("expected an object file") }
    var name: String?
    var isEmbedded = false
    while let word = call.words.popFirst() {
      switch word {
      case "name":
        guard let given = call.words.popFirst() else { throw .usage("expected a name behind 'name'") }
        name = given
      case "embed": isEmbedded = true
      default: throw .usage("expected 'name' or 'embed', got: '\(word)'?")
      }
    }
    let spec: ObjectSpec
    var bytes: [UInt8]?
    do throws(ObjectError) { spec = try ObjectSpec(path: path) } catch { throw .failed("\(error)") }
    if isEmbedded {
      do throws(SystemCallError) { bytes = try FileSystem.contents(of: path) } catch { throw .systemCall(error) }
    }
    let text: String
    do throws(ObjectBindingsError) { text = try ObjectBindings(of: spec, named: name, bytes: bytes).text() } catch {
      throw .failed("\(error)")
    }
    try write(text, in: call)
  }

  // MARK: - Answers

  private static func kernelTypes(_ call: InspectorCall) throws(InspectorError) -> TypeGraph {
    do throws(KernelTypes.Failure) { return try KernelTypes(kernel: call.kernel).own() } catch {
      throw .failed("\(error)")
    }
  }

  private static func add(
    _ path: String, to declarations: inout KernelDeclarations, _ types: TypeGraph
  ) throws(InspectorError) {
    do throws(KernelDeclarationError) { try declarations.add(path) } catch {
      var nearest: [String] = []
      switch error {
      case .unknownStruct(let name):
        nearest = NearestNames.nearest(to: name, among: types.ids(of: .structure).lazy.map { types.name(of: $0) })
      case .unknownField(let name, let owner, let fields):
        nearest = NearestNames.nearest(to: name, among: fields)
        if let first = nearest.first {
          throw .notFound("struct \(owner) has no field '\(name)'; did you mean '\(first)'?")
        }
      default: break
      }
      throw .notFound("\(error)" + (nearest.first.map { "; did you mean '\($0)'?" } ?? ""))
    }
  }

  private static func answer(
    in call: InspectorCall, _ declarations: KernelDeclarations, _ end: String = ""
  ) throws(InspectorError) {
    let text: String
    do throws(BTFError) { text = try declarations.text() } catch { throw .failed("\(error)") }
    try write("import BPFKernel\n\(declarations.isEmpty ? "" : "\n\(text)")\(end)", in: call)
  }

  private static func write(_ text: String, in call: InspectorCall) throws(InspectorError) {
    try call.answer { json throws(SystemCallError) in
      try json.object { json throws(SystemCallError) in try json.member("text", text) }
    } text: {
      text
    }
  }
}
