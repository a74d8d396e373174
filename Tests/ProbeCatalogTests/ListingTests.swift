import BTF
import LinuxSystem
import ProbeCatalog
import Testing

@Suite struct ListingTests {
  func lines(
    _ search: String, isVerbose: Bool = false, _ source: RecordedSource = .small
  ) throws -> (lines: [String], problems: [CatalogError]) {
    nonisolated(unsafe) var lines: [String] = []
    let problems = try Catalog(source).list(search, isVerbose: isVerbose) { lines.append($0) }
    return (lines, problems)
  }

  @Test(arguments: [
    (
      "tracepoint:syscalls:sys_enter_open*",
      ["tracepoint:syscalls:sys_enter_open", "tracepoint:syscalls:sys_enter_openat"]
    ),
    ("t:sched:*, kprobe:tcp*", ["tracepoint:sched:sched_switch", "kprobe:tcp_connect"]),
    ("kretprobe:ext4:*", ["kretprobe:ext4:ext4_file_open"]),
    ("trace*:*:sched_switch", ["tracepoint:sched:sched_switch"]),
    ("software:p*", ["software:page-faults:"]),
    (
      "s:c*",
      [
        "software:context-switches:", "software:cpu-clock:", "software:cpu-migrations:", "software:cpu:",
        "software:cs:",
      ]
    ),
    ("interval:*", ["interval:hz:", "interval:ms:", "interval:s:", "interval:us:"]),
    ("*ware:cpu-c*", ["hardware:cpu-cycles:", "software:cpu-clock:"]),
    ("BEGIN", ["begin"]),
    ("", []),
  ])
  func listsWhatMatches(search: String, expected: [String]) throws {
    let (lines, problems) = try lines(search)
    #expect(lines == expected)
    #expect(problems.isEmpty)
  }

  @Test func aNameAloneIsLookedForEverywhere() throws {
    let (lines, problems) = try lines("*openat")
    #expect(lines == ["tracepoint:syscalls:sys_enter_openat", "tracepoint:syscalls:sys_exit_openat"])
    // Types are missing, so that neither iterators nor functions with types can be listed.
    #expect(
      problems == [.missingFacility(.kernelTypes, alternatives: []), .missingFacility(.kernelTypes, alternatives: [])])
  }

  @Test func showsFieldsWhenVerbose() throws {
    let (lines, _) = try lines("tracepoint:syscalls:sys_enter_openat", isVerbose: true)
    #expect(
      lines == [
        "tracepoint:syscalls:sys_enter_openat", "    int __syscall_nr", "    const char * filename", "    umode_t mode",
      ])
  }

  @Test func reportsAFormatThatCannotBeRead() throws {
    let (lines, problems) = try lines("tracepoint:sched:sched_switch", isVerbose: true)
    #expect(lines == ["tracepoint:sched:sched_switch"])
    #expect(problems.count == 1)
  }

  /// Types as a kernel has them for two raw tracepoints, of which one has no names, an iterator and a function.
  static func types() throws -> TypeGraph {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let void = try builder.addPointer(to: .void)
    let file = try builder.addStructure(named: "file", size: 4, members: [.init("flags", int, bitOffset: 0)])
    let filePointer = try builder.addPointer(to: file)
    let named = try builder.addFunctionPrototype(
      returning: .void, parameters: [.init("__data", void), .init("preempt", int), .init("file", filePointer)])
    let nameless = try builder.addFunctionPrototype(returning: .void, parameters: [.init("", void), .init("", int)])
    _ = try builder.addTypedef(named: "btf_trace_switch", for: try builder.addPointer(to: named))
    _ = try builder.addTypedef(named: "btf_trace_old", for: try builder.addPointer(to: nameless))
    _ = try builder.addFunction(named: "__probestub_switch", prototype: named, linkage: .static)
    let read = try builder.addFunctionPrototype(returning: int, parameters: [.init("file", filePointer)])
    _ = try builder.addFunction(named: "vfs_read", prototype: read, linkage: .static)
    _ = try builder.addStructure(named: "bpf_iter__file", size: 4, members: [.init("flags", int, bitOffset: 0)])
    let iterate = try builder.addFunctionPrototype(
      returning: int, parameters: [.init("meta", void), .init("file", filePointer)])
    _ = try builder.addFunction(named: "bpf_iter_file", prototype: iterate, linkage: .static)
    return try TypeGraph(bytes: try builder.build())
  }

  @Test func readsParametersFromTypes() throws {
    var source = RecordedSource.small
    source.types = try Self.types()
    #expect(
      try lines("rawtracepoint:*", isVerbose: true, source).lines == [
        "rawtracepoint:vmlinux:old", "    int arg0", "rawtracepoint:vmlinux:switch", "    int preempt",
        "    struct file * file",
      ])
    #expect(
      try lines("fentry:*read", isVerbose: true, source).lines == [
        "fentry:vmlinux:vfs_read", "    struct file * file", "    int retval",
      ])
    #expect(try lines("iter:*", isVerbose: true, source).lines == ["iter:file", "    struct file * file"])
    #expect(try lines("struct fil*", source).lines == ["struct file"])
    #expect(try lines("struct file", isVerbose: true, source).lines == ["struct file {\n\tint flags;\n};\n"])
    let probe = try #require(try Catalog(source).probes(at: ["fexit", "vfs_read"]).first)
    #expect(probe.name == "fexit:vmlinux:vfs_read")
    let id = try #require(source.types?.id(named: "vfs_read", kind: .function))
    #expect(probe.target == .trampoline(module: nil, name: "vfs_read", typeID: id.rawValue))
    let raw = try #require(try Catalog(source).probes(at: ["rt", "switch"]).first)
    #expect(raw.target == .rawTracepoint(module: nil, event: "switch"))
    #expect(throws: CatalogError.notFound(.rawtracepoint, kind: "event", name: "swich", nearest: ["switch"])) {
      try Catalog(source).probes(at: ["rawtracepoint", "swich"])
    }
  }

  @Test func saysWhyANamedProviderCannotBeListed() {
    var source = RecordedSource.small
    source.facilities[.kprobes] = false
    #expect(throws: CatalogError.missingFacility(.kprobes, alternatives: [])) { try lines("kprobe:*", source) }
    #expect(throws: CatalogError.unknownProvider("kprob", nearest: ["kprobe"])) { try lines("kprob:x") }
    #expect(throws: CatalogError.malformed(.uprobe, text: "uprobe:x")) { try lines("uprobe:x") }
  }
}
