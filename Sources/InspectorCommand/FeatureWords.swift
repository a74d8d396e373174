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
      Operation(
        "probe", arguments: "[{ kernel | dev NAME }] [full] [unprivileged] [macros [prefix PREFIX]]",
        summary: "try everything, of the kernel or of a device that runs programs itself"
      ) { call throws(InspectorError) in try probeFeatures(&call) },
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

  private static func probeFeatures(_ call: inout InspectorCall) throws(InspectorError) {
    var given: Set<String> = []
    var device: NetworkInterface?
    var prefix = ""
    while let word = call.takeKeyword(["kernel", "dev", "macros", "prefix", "full", "unprivileged"]) {
      guard given.insert(word).inserted else { throw .usage("'\(word)' is given twice") }
      switch word {
      case "dev":
        let name = try call.takeWord("the name of an interface")
        do throws(BPFError) { device = try NetworkInterface(named: name, kernel: call.kernel) } catch {
          throw .library(error)
        }
      case "prefix":
        guard given.contains("macros") else { throw .usage("'prefix' goes behind 'macros'") }
        prefix = try call.takeWord("what the names of the macros begin with")
      default: break
      }
    }
    try call.expectEnd()
    if given.isSuperset(of: ["kernel", "dev"]) { throw .usage("expected 'kernel' or 'dev', not both") }
    let (isFull, isUnprivileged, kernel) = (given.contains("full"), given.contains("unprivileged"), call.kernel)
    let look = {
      device.map { FeatureReport(of: $0, isFull: isFull, kernel: kernel) }
        ?? FeatureReport(isFull: isFull, isFresh: isUnprivileged, kernel: kernel)
    }
    let report = try InspectorError.wrap { () throws(SystemCallError) in
      isUnprivileged ? try CapabilityRenunciation.run(look) : look()
    }
    try call.answer { json throws(SystemCallError) in
      try report.write(to: &json)
    } text: {
      given.contains("macros") ? report.macros(prefix: prefix) : report.text
    }
  }

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
