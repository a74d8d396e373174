internal import BPF
internal import BTF
internal import Inspector
internal import LinuxSystem

extension InspectorObject {
  /// Files that are made from objects.
  static let gen = InspectorObject(
    name: "gen", summary: "objects, types, and source in C and Swift made from BPF objects and the kernel",
    operations: [
      Operation("object", arguments: "OUTPUT INPUT...", summary: "link objects to one") { call throws(InspectorError) in
        let output = try call.takeWord("the object file to write")
        var objects: [ObjectSpec] = []
        repeat { objects.append(try object(at: call.takeWord("an object file"))) } while !call.words.isEmpty
        let name = output.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? output
        do throws(ObjectError) {
          try ObjectSpec(linking: objects, name: name).write(to: output)
        } catch { throw .loading(.object(error)) }
        try call.answerDone()
      },
      Operation(
        "min_core_btf", arguments: "INPUT OUTPUT OBJECT...",
        summary: "the least of a kernel's types with which the CO-RE relocations of objects come to the same"
      ) { call throws(InspectorError) in
        let input = try call.takeWord("a file with a kernel's types")
        let output = try call.takeWord("the file to write")
        var objects: [ObjectSpec] = []
        repeat { objects.append(try object(at: call.takeWord("an object file"))) } while !call.words.isEmpty
        let bytes = try minimalTypes(of: TypeSource(file: input).graph, named: input, for: objects)
        try InspectorError.wrap { () throws(SystemCallError) in
          let file = BufferedOutput(try FileSystem.open(output, .create), subject: output, buffering: .full)
          try file.write(bytes[...])
          try file.flush()
        }
        try call.answerDone()
      },
    ] + skeletonGeneration + swiftGeneration, terms: swiftGenerationTerms)

  private static func object(at path: String) throws(InspectorError) -> ObjectSpec {
    do throws(ObjectError) { return try ObjectSpec(path: path) } catch { throw .loading(.object(error)) }
  }

  private static func minimalTypes(
    of kernel: TypeGraph, named name: String, for objects: [ObjectSpec]
  ) throws(InspectorError) -> [UInt8] {
    var minimal = MinimalTypes(of: kernel)
    for spec in objects {
      guard let types = spec.types else { throw .failed("object '\(spec.name)' has no type information") }
      let relocations = spec.functions.flatMap(\.relocations).filter(\.kind.asksKernel)
      var resolver = COREResolver(local: types, kernel: CORETarget(name: name, types: kernel), modules: { [] })
      do throws(CORERelocationError) { try resolver.collect(relocations, into: &minimal) } catch {
        throw .failed("object '\(spec.name)': \(error)")
      }
    }
    do throws(BTFError) { return try minimal.build() } catch { throw .failed("\(name): \(error)") }
  }
}
