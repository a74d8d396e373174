internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// The kernel's type, or another program's, that a program is loaded for.
struct AttachTargetType {
  /// The type's number.
  var id: TypeID
  /// A descriptor of the module's types that it is in, or of the program; nil for the kernel's own types.
  var object: CInt?
}

extension LoadContext {
  /// What a program must name when it is loaded; nil for programs that are loaded for no place.
  func attachTarget(of program: ObjectProgram) throws(LoadError) -> AttachTargetType? {
    let kind: BTFKind
    let prefix: String
    switch (program.type, program.expectedAttachType) {
    case (.freplace, _): return try targetProgram(of: program, isRequired: true)
    case (.tracing, .traceRawTracepoint): (kind, prefix) = (.typedef, "btf_trace_")
    case (.tracing, .traceIterator): (kind, prefix) = (.function, "bpf_iter_")
    // What they are attached to is told with their link.
    case (.tracing, .traceFentryMulti), (.tracing, .traceFexitMulti), (.tracing, .traceFsessionMulti): return nil
    case (.tracing, _):
      if let target = try targetProgram(of: program, isRequired: false) { return target }
      (kind, prefix) = (.function, "")
    case (.securityModule, _): (kind, prefix) = (.function, "bpf_lsm_")
    default: return nil
    }
    // A target that the section does not name is to be set before loading.
    guard let target = program.attachTarget, !target.isEmpty else {
      throw .missingTarget(
        program: program.name, "what it is attached to is not given: section '\(program.sectionName)'")
    }
    let parts = target.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = prefix + (parts.last.map(String.init) ?? target)
    let module = parts.count == 2 ? String(parts[0]) : nil
    let found: (id: TypeID, types: TypeGraph, module: String?)?
    do throws(KernelTypes.Failure) { found = try runningTypes.find(name, [kind], module: module) } catch {
      throw .kernelTypes(error)
    }
    guard let found else {
      throw .missingTarget(
        program: program.name,
        "\(kind == .typedef ? "tracepoint" : "kernel function") '\(target)' is not there (no type \(name))")
    }
    return AttachTargetType(
      id: found.id, object: try found.module.map { (name) throws(LoadError) in try moduleNumber(name) })
  }

  /// A function of another program.
  private func targetProgram(
    of program: ObjectProgram, isRequired: Bool
  ) throws(LoadError) -> AttachTargetType? {
    guard let target = options.targetPrograms[program.name] else {
      if isRequired {
        throw .missingTarget(
          program: program.name, "the program to replace a function of is not given (LoadOptions.targetPrograms)")
      }
      return nil
    }
    let types: TypeGraph
    do throws(SystemCallError) {
      let info = try kernel.programInfo(target.descriptor, withMaps: false)
      let descriptor = try kernel.open(.btf, id: info.btfID)
      types = try Self.graph(kernel.btfBytes(descriptor))
    } catch {
      throw .missingTarget(program: program.name, "the types of program '\(target.spec.name)': \(error)")
    }
    guard let name = program.attachTarget, let id = types.id(named: name, kind: .function) else {
      throw .missingTarget(
        program: program.name,
        "program '\(target.spec.name)' has no function '\(program.attachTarget ?? "")' in its types")
    }
    return AttachTargetType(id: id, object: target.descriptor.withNumber { $0 })
  }

  private static func graph(_ bytes: [UInt8]) throws(SystemCallError) -> TypeGraph {
    do throws(BTFError) { return try TypeGraph(bytes: bytes) } catch {
      throw SystemCallError(call: "bpf(BPF_OBJ_GET_INFO_BY_FD)", subject: "type information", errno: .badMessage)
    }
  }
}
