extension AccessSpec: CustomStringConvertible {
  /// The way by its names: `struct task_struct.mm.exe_file`, `struct foo.bar[3].baz`, `enum color::RED`,
  /// `typedef pid_t`.
  public var path: String {
    var text = "\(graph.kind(of: root)?.keyword ?? "type") "
    text += graph.name(of: root).isEmpty ? "(anon)" : graph.name(of: root)
    switch target {
    case .type: break
    case .enumerator: if let enumerator { text += "::\(enumerator.name)" }
    case .field:
      for (place, step) in steps.enumerated() {
        if let name = step.name {
          text += ".\(name)"
        } else if place > 0 || step.index > 0 {
          text += "[\(step.index)]"
        }
      }
    }
    return text
  }

  /// The way by its names and by its indexes, as libbpf writes it: `[7] struct foo.bar[3].baz (0:1:3:2 @ offset 20)`.
  public var description: String {
    let text = "\(root) \(path)"
    switch target {
    case .type: return text
    case .enumerator: return enumerator.map { "\(text) = \($0.valueText)" } ?? text
    case .field:
      let bits = bitOffset % 8
      let offset = "\(bitOffset / 8)" + (bits == 0 ? "" : ".\(bits)")
      return "\(text) (\(indexes.map(String.init).joined(separator: ":")) @ offset \(offset))"
    }
  }

  /// The value that an enumerator's way leads to.
  var enumerator: Enumerator? {
    guard case .enumerator(let index) = target, let type = try? graph.resolvedType(root),
      case .enumeration(let enumeration) = type, index < enumeration.enumerators.count
    else { return nil }
    return enumeration.enumerators[index]
  }
}

extension BTFKind {
  /// The word for a type of the kind, C's where C has one.
  var keyword: String { kernelName.lowercased() }
}

extension TypeGraph {
  /// A relocation's access by its names, such as `struct task_struct.mm.exe_file`; nil when the graph, which is the
  /// object's own, does not have it.
  public func path(of relocation: CORERelocation) -> String? {
    (try? AccessSpec(local: self, root: relocation.type, access: relocation.access, kind: relocation.kind))?.path
  }
}
