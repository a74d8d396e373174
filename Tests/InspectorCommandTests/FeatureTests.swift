import Foundation
import Inspector
import Testing

@testable import InspectorCommand

@Suite struct FeatureTests {
  /// Types that bpftool tries by one kind only, and so calls absent where another kind is there.
  private static let differing: Set<String> = [
    "have_tracing_prog_type", "have_ext_prog_type", "have_lsm_prog_type", "have_struct_ops_prog_type",
  ]

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func agreesWithBPFTool() throws {
    let ours = try #require(try Inspection(["-j", "feature", "probe"]).document() as? [String: Any])
    let theirs = try #require(try BPFTool.document(["-j", "feature", "probe", "kernel"]) as? [String: Any])
    for section in ["program_types", "map_types"] {
      let mine = try #require(ours[section] as? [String: Bool])
      for (name, answer) in try #require(theirs[section] as? [String: Bool]) where !Self.differing.contains(name) {
        #expect(mine[name] == answer, "\(name)")
      }
    }
    let (settings, other) = (ours["system_config"] as? [String: Any], theirs["system_config"] as? [String: Any])
    for (name, value) in try #require(other) {
      // Numbers of the configuration are text there.
      #expect("\(settings?[name] ?? "?")" == "\(value)", "\(name)")
    }
    // What is not there has a reason.
    let absent = (ours["program_kinds"] as? [String: Bool])?.filter { !$0.value }.keys.sorted() ?? []
    let reasons = try #require(ours["reasons"] as? [String: String])
    for name in absent { #expect(reasons[name]?.isEmpty == false, "\(name)") }
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed"))
  func knowsTheNamesThatBPFToolKnows() throws {
    for group in ["prog_types", "map_types", "attach_types", "link_types", "helpers"] {
      let words = ["feature", "list_builtins", group]
      let ours = try Inspection(words).output.split(separator: "\n")
      let theirs = try BPFTool.output(words).split(separator: "\n")
      #expect(Array(ours.prefix(theirs.count)) == theirs, "\(group)")
    }
  }

  @Test func readsDelegatedRights() {
    let rights = DelegatedRights.all(
      mountInfo: "30 1 0:29 / /sys/fs/bpf rw - bpf bpf rw,delegate_cmds=map_create:prog_load,delegate_maps=any\n"
        + "31 1 0:30 / /other rw - bpf bpf rw\n")
    #expect(rights.map(\.point) == ["/sys/fs/bpf"])
    #expect(rights.first?.rights.map(\.names) == [["map_create", "prog_load"], ["any"], [], []])
  }
}
