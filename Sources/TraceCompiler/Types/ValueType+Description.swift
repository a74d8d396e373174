extension ValueType: CustomStringConvertible {
  /// The type as messages and `-d types` show it.
  public var description: String {
    switch self {
    case .void: "void"
    case .unknown: "unknown"
    case .boolean: "bool"
    case .integer(let type): type.description
    case .string(let capacity): "string[\(capacity)]"
    case .buffer(let capacity): "buffer[\(capacity)]"
    case .tuple(let elements): "(" + elements.map(\.description).joined(separator: ",") + ")"
    case .record(let fields): "(" + fields.map { "\($0.name)=\($0.type)" }.joined(separator: ",") + ")"
    case .array(let element, let count): "\(element)[\(count)]"
    case .pointer(let pointee, _): "\(pointee) *"
    case .structure: "struct"
    case .enumeration: "enum"
    case .arguments: "args"
    case .stack(let isUser, _): isUser ? "ustack" : "kstack"
    case .kernelSymbol: "ksym_t"
    case .userSymbol: "usym_t"
    case .username: "username_t"
    case .timestamp: "timestamp"
    case .internetAddress: "inet"
    case .macAddress: "macaddr"
    case .probeName: "probe"
    case .cgroupPath: "cgroup_path_t"
    case .aggregation(.histogram(let buckets)) where buckets.bits > 0: "hist_t(\(buckets.bits))"
    case .aggregation(.linearHistogram(let buckets)):
      "lhist_t(\(buckets.minimum),\(buckets.maximum),\(buckets.step))"
    case .aggregation(let aggregation): "\(aggregation.functionName)_t"
    }
  }
}

extension IntegerType: CustomStringConvertible {
  /// The type as the language spells it, such as `int64` or `uint8`.
  public var description: String { "\(isSigned ? "" : "u")int\(bits)" }
}
