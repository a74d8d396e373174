internal import BTF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem
internal import ProbeCatalog

/// The record of a tracepoint, and how a program in Swift reads it.
///
/// Events that are alike share a struct, `trace_event_raw_` and the name of their class. Which one it is, nothing tells:
/// it is found by the names and places of its fields, which the event's format file lists. System calls have contexts of
/// their own in `BPFKernel`.
struct TracepointRecord {
  /// The struct of the record; nil for a system call's.
  let structure: String?
  /// The event's own fields, as the struct calls them.
  let fields: [String]
  /// A program that reads them, or for system calls the context by which it does.
  let usage: String

  /// Reads what the kernel says of `SUBSYSTEM:EVENT`.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when there is no such event, or no type of its record.
  init(_ name: String, kernel: any KernelCalls, types: TypeGraph) throws(InspectorError) {
    let parts = name.split(whereSeparator: { $0 == ":" || $0 == "/" }).map(String.init)
    guard parts.count == 2 else { throw .usage("'\(name)' is not of the form SUBSYSTEM:EVENT") }
    let format = try Self.format(of: parts, kernel)
    if parts[0] == "syscalls" {
      structure = nil
      fields = []
      usage = Self.systemCall(parts[1], format)
      return
    }
    guard let found = Self.structure(of: format, types) else {
      throw .notFound("the kernel's types have no record of tracepoint \(name)")
    }
    structure = found
    fields = format.fields.map { Self.member(of: $0) }
    let function = parts[1].split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    usage = """
      // @section("tp/\(parts[0])/\(parts[1])")
      // func on\(function)(_ event: TracepointContext<Kernel.\(found)>) {
      //   let record = event.record.pointee
      // }

      """
  }

  private static func format(of parts: [String], _ kernel: any KernelCalls) throws(InspectorError) -> TracepointFormat {
    let files: TraceFS
    do throws(TraceFS.Unavailable) { files = try TraceFS(kernel) } catch {
      throw .failed("tracefs cannot be read: \(error.attempts.map { "\($0)" }.joined(separator: "; "))")
    }
    let text: [UInt8]
    do throws(SystemCallError) { text = try files.eventFormat(subsystem: parts[0], name: parts[1]) } catch {
      guard error.errno == .noSuchFileOrDirectory || error.errno == .invalidArgument else { throw .systemCall(error) }
      throw .notFound("the kernel has no tracepoint \(parts[0]):\(parts[1])")
    }
    do throws(TracepointFormatError) { return try TracepointFormat(parsing: text) } catch {
      throw .failed("the format of \(parts[0]):\(parts[1]): \(error)")
    }
  }

  /// What the struct calls a field whose data lies elsewhere in the record.
  private static func member(of field: TracepointFormat.Field) -> String {
    switch field.location {
    case .inRecord: field.name
    case .fromRecordStart: "__data_loc_\(field.name)"
    case .fromFieldEnd: "__rel_loc_\(field.name)"
    }
  }

  /// The struct whose members lie where the event's fields do; the one with the event's own name first.
  private static func structure(of format: TracepointFormat, _ types: TypeGraph) -> String? {
    let prefix = "trace_event_raw_"
    func fits(_ name: String) -> Bool {
      guard let id = types.id(named: name, kind: .structure) else { return false }
      return format.fields.allSatisfy { field in
        guard let member = (try? types.member(named: member(of: field), of: id)) ?? nil else { return false }
        return member.byteOffset == field.offset
      }
    }
    if fits(prefix + format.name) { return prefix + format.name }
    let pattern = NamePattern("\(prefix)*")
    let names = types.ids(of: .structure, matching: pattern).map { types.name(of: $0) }
    // Classes are mostly called as their events begin.
    func likeness(_ name: String) -> Int {
      zip(name.dropFirst(prefix.count), format.name).prefix { $0 == $1 }.count
    }
    return names.filter(fits).max { (likeness($0), $1) < (likeness($1), $0) }
  }

  /// A context with the arguments of a system call by their names.
  private static func systemCall(_ event: String, _ format: TracepointFormat) -> String {
    let isEnter = event.hasPrefix("sys_enter_")
    let call = event.dropFirst(isEnter ? 10 : 9)
    let name = call.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    guard isEnter else {
      return """
        // @section("tp/syscalls/\(event)")
        // func on\(name)Exit(_ call: SystemCallExitContext) { call.result … }

        """
    }
    // The first is the call's number.
    let arguments = format.fields.filter { $0.name != "__syscall_nr" }
    var text =
      "/// The record of tracepoint syscalls:\(event).\nstruct \(name)Enter {\n  let call: SystemCallEnterContext\n"
    for (index, argument) in arguments.enumerated().prefix(6) {
      let type = argument.type.contains("*") ? "UnsafeRawPointer?" : swiftType(of: argument.type)
      let value =
        argument.type.contains("*")
        ? "UnsafeRawPointer(bitPattern: call.argument\(index))"
        : "\(type)(truncatingIfNeeded: call.argument\(index))"
      text += "\n  /// `\(argument.declaration)`\n  var `\(argument.name)`: \(type) { \(value) }\n"
    }
    return text + """
      }

      // @section("tp/syscalls/\(event)")
      // func on\(name)(_ call: \(name)Enter) { … }

      """
  }

  /// The numbers that arguments of system calls are.
  private static func swiftType(of type: String) -> String {
    switch type {
    case "int", "pid_t", "key_serial_t", "clockid_t", "timer_t", "mqd_t", "rwf_t": "Int32"
    case "unsigned int", "u32", "uid_t", "gid_t", "qid_t": "UInt32"
    case "umode_t", "unsigned short": "UInt16"
    case "long", "off_t", "loff_t", "__s64": "Int"
    default: "UInt"
    }
  }
}
