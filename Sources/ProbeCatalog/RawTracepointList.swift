public import BTF

/// A parameter of a raw tracepoint or of a kernel function.
public struct ProbeParameter: Hashable, Sendable {
  /// Its name in the kernel's source, else `arg0`, `arg1`, ….
  public let name: String
  /// Its type in the BTF of the kernel or module.
  public let type: TypeID
}

/// The raw tracepoints that one BTF tells of: for each there is a typedef `btf_trace_NAME`, a pointer to the signature
/// (`include/trace/bpf_probe.h` in the kernel).
struct RawTracepointList: Sendable {
  private static let prefix = "btf_trace_"

  /// The events' names, in order.
  let names: [String]
  private let graph: TypeGraph

  init(_ graph: TypeGraph) {
    self.graph = graph
    let prefix = Array(Self.prefix.utf8)
    var names: [String] = []
    for id in graph.base == nil ? AnySequence(graph.ids) : AnySequence(graph.ownIDs)
    where graph.kind(of: id) == .typedef {
      graph.withNameBytes(of: id) { name in
        guard name.starts(with: prefix) else { return }
        names.append(String(decoding: name.dropFirst(prefix.count), as: UTF8.self))
      }
    }
    self.names = names.sorted()
  }

  /// The parameters that programs get, without the first, which is the kernel's own.
  ///
  /// Names are those of `__probestub_NAME` (kernel 6.4 with `CONFIG_BPF_EVENTS`) or `__bpf_trace_NAME`, both static
  /// functions; the typedef knows only types.
  func parameters(of event: String) -> [ProbeParameter]? {
    for function in ["__probestub_\(event)", "__bpf_trace_\(event)"] {
      if let found = try? graph.function(named: function), let parameters = parameters(ofPrototype: found.prototype),
        parameters.allSatisfy({ !$0.name.isEmpty })
      {
        return parameters
      }
    }
    guard let id = graph.id(named: Self.prefix + event, kind: .typedef),
      case .typedef(let typedef)? = try? graph.type(id), let pointee = try? graph.pointee(of: typedef.target)
    else { return nil }
    return parameters(ofPrototype: pointee)?.enumerated().map { index, parameter in
      ProbeParameter(name: parameter.name.isEmpty ? "arg\(index)" : parameter.name, type: parameter.type)
    }
  }

  private func parameters(ofPrototype id: TypeID) -> [ProbeParameter]? {
    guard case .functionPrototype(let prototype)? = try? graph.type(id) else { return nil }
    return prototype.parameters.dropFirst().map { ProbeParameter(name: $0.name, type: $0.type) }
  }
}
