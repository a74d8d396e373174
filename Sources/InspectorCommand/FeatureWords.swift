internal import BPF
internal import Bytecode
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// What this kernel can do.
  static let feature = InspectorObject(
    name: "feature", summary: "what this kernel can do, and why not what it cannot",
    operations: [
      Operation("probe", arguments: "[kernel] [full]", summary: "try everything") { call throws(InspectorError) in
        var isFull = false
        while let word = call.takeKeyword(["kernel", "full"]) { isFull = isFull || word == "full" }
        try call.expectEnd()
        let report = FeatureReport(isFull: isFull, kernel: call.kernel)
        try call.answer { json throws(SystemCallError) in
          try report.write(to: &json)
        } text: {
          report.text
        }
      },
      Operation(
        "list_builtins", arguments: "{ prog_types | map_types | attach_types | link_types | helpers }",
        summary: "the names that this command knows"
      ) { call throws(InspectorError) in
        let groups = ["prog_types", "map_types", "attach_types", "link_types", "helpers"]
        guard let group = call.takeKeyword(groups) else {
          throw .usage("expected one of \(groups.joined(separator: ", "))")
        }
        try call.expectEnd()
        let names = builtins(group)
        try call.answer { json throws(SystemCallError) in
          try json.array { json throws(SystemCallError) in for name in names { try json.value(name) } }
        } text: {
          names.map { "\($0)\n" }.joined()
        }
      },
    ])

  private static func builtins(_ group: String) -> [String] {
    switch group {
    case "prog_types": names { ProgramType(rawValue: $0).isNamed ? "\(ProgramType(rawValue: $0))" : nil }
    case "map_types": names { MapType(rawValue: $0).isNamed ? "\(MapType(rawValue: $0))" : nil }
    case "attach_types": names { AttachType(rawValue: $0).isNamed ? "\(AttachType(rawValue: $0))" : nil }
    case "link_types": names { LinkType(rawValue: $0).isNamed ? "\(LinkType(rawValue: $0))" : nil }
    default: ["bpf_unspec"] + HelperFunction.all.compactMap { $0.name.map { "bpf_\($0)" } }
    }
  }

  /// The names of all numbers from 0 on until one has none.
  private static func names(_ name: (UInt32) -> String?) -> [String] {
    var names: [String] = []
    while let next = name(UInt32(names.count)) { names.append(next) }
    return names
  }
}
