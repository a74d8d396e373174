internal import BTF
internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches a tracing program for many functions (`fentry.multi`, `fexit.multi`, `fsession.multi`) to all functions of the
  /// kernel itself that a pattern fits, with one link.
  ///
  ///     try program.attach(toFunctions: "vfs_*")
  ///
  /// Left out are functions that share a name, and those whose arguments no such program can be given: lists of any length,
  /// more than twelve, or structures of more than 16 bytes.
  ///
  /// *First kernel*: 7.2.
  ///
  /// - Throws: ``BPFError/attach(_:)``: ``AttachError/noMatchingKernelFunction(pattern:searched:)``, and
  ///   ``AttachError/missingFeature(_:remedy:)`` on older kernels; ``BPFError/systemCall(_:)`` when a function takes no
  ///   program.
  public func attach(toFunctions pattern: String, cookie: UInt64 = 0) throws(BPFError) -> Link {
    let type = spec.expectedAttachType ?? .traceFentryMulti
    let types: TypeGraph
    do throws(KernelTypes.Failure) { types = try KernelTypes(kernel: kernel).own() } catch {
      throw .attach(.missingFacility("type information: \(error)", remedy: Self.remedy))
    }
    var typeIDs: [UInt32] = []
    for name in try TraceableFunctions(matching: pattern, kernel).names {
      let found = types.ids(named: name).filter { types.kind(of: $0) == .function }
      guard let id = found.first, found.count == 1, types.isTraceable(id) else { continue }
      typeIDs.append(id.rawValue)
    }
    guard !typeIDs.isEmpty else {
      throw .attach(.noMatchingKernelFunction(pattern: pattern, searched: "the kernel's types"))
    }
    let cookies = cookie == 0 ? [] : [UInt64](repeating: cookie, count: typeIDs.count)
    do throws(BPFError) {
      return try link("\(type) of \(typeIDs.count) kernel functions") { () throws(SystemCallError) in
        Link.State(link: try kernel.createTracingMultiLink(descriptor, type, typeIDs: typeIDs, cookies: cookies))
      }
    } catch {
      if let absence = KernelFeatures(kernel).absence(of: .link(.traceFentryMulti)) {
        throw .attach(.missingFeature(absence, remedy: Self.remedy))
      }
      throw error
    }
  }

  private static let remedy = "take kprobe.multi/PATTERN, or fentry/FUNCTION for each function"
}

extension TypeGraph {
  /// Whether the kernel can hand a function's arguments to a tracing program: `btf_distill_func_proto` in
  /// `kernel/bpf/btf.c`.
  fileprivate func isTraceable(_ id: TypeID) -> Bool {
    guard case .function(let function)? = try? type(id),
      case .functionPrototype(let prototype)? = try? type(function.prototype), !prototype.isVariadic,
      prototype.parameters.count <= 12
    else { return false }
    return prototype.parameters.allSatisfy { parameter in
      ((try? size(of: parameter.type)) ?? .max) <= 16
    }
  }
}
