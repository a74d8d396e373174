import Foundation
import Inspector
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite struct FeatureTests {
  /// Types that bpftool tries by one kind only, and so calls absent where another kind is there.
  private static let differing: Set<String> = [
    "have_tracing_prog_type", "have_ext_prog_type", "have_lsm_prog_type", "have_struct_ops_prog_type",
  ]

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func agreesWithBPFTool() throws {
    try known("kinds-of-programs")
    let ours = try #require(try Inspection(["-j", "feature", "probe"]).document() as? [String: Any])
    let theirs = try #require(try BPFTool.document(["-j", "feature", "probe", "kernel"]) as? [String: Any])
    for section in ["program_types", "map_types"] {
      let mine = try #require(ours[section] as? [String: Bool])
      for (name, answer) in try #require(theirs[section] as? [String: Bool]) where !Self.differing.contains(name) {
        #expect(mine[name] == answer, "\(name)")
      }
    }
    for (name, answer) in try #require(theirs["misc"] as? [String: Bool]) {
      #expect((ours["misc"] as? [String: Bool])?[name] == answer, "\(name)")
    }
    let (settings, other) = (ours["system_config"] as? [String: Any], theirs["system_config"] as? [String: Any])
    for (name, value) in try #require(other) {
      try known("configuration-numbers")
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

  /// The lines of both, whatever the order; of what bpftool tries, and but for what it tries by one kind only.
  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func definesTheMacrosThatBPFToolDefines() throws
  {
    let ours = try Set(
      Inspection(["feature", "probe", "kernel", "macros", "prefix", "X_"]).output.split(separator: "\n"))
    let theirs = try BPFTool.output(["feature", "probe", "kernel", "macros", "prefix", "X_"]).split(separator: "\n")
    let differing = Self.differing.map { $0.uppercased() }
    for line in theirs where line.hasPrefix("#define X_") && !line.contains("HELPER") {
      if !differing.contains(where: line.hasSuffix) { #expect(ours.contains(line), "\(line)") }
    }
    #expect(ours.contains("#define X_BPF__PROG_TYPE_xdp__HELPER_bpf_redirect 1"))
    #expect(ours.contains("#define X_BPF__PROG_TYPE_xdp__HELPER_bpf_skb_store_bytes 0"))
    #expect(try Inspection(["feature", "probe", "prefix", "X_"]).status == 2)
  }

  /// No device here runs programs itself, which is told as bpftool tells it.
  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func triesDevices() throws {
    let words = ["feature", "probe", "dev", "lo"]
    let ours = try #require(try Inspection(["-j"] + words).document() as? [String: Any])
    let theirs = try #require(try BPFTool.document(["-j"] + words) as? [String: Any])
    for (section, answers) in theirs {
      #expect(ours[section] as? NSDictionary == answers as? NSDictionary, "\(section)")
    }
    #expect(
      try Inspection(words).output.hasPrefix("Scanning system call availability...\nbpf() syscall is available\n"))
    let absent = try Inspection(["feature", "probe", "dev", "no_such_device"])
    #expect(absent.status == 1)
    #expect(absent.errors.contains("no_such_device"))
    #expect(try Inspection(words + ["kernel"]).status == 2)
  }

  /// What nobody may do without privileges is not there, and for that reason.
  @Test(.enabled(if: Environment.value(of: "SWIFT_BPF_VM") == nil, "takes minutes in an emulated machine"))
  func triesWithoutPrivileges() throws {
    let report = try #require(
      try Inspection(["-j", "feature", "probe", "unprivileged"]).document() as? [String: Any])
    let types = try #require(report["program_types"] as? [String: Bool])
    #expect(types["have_kprobe_prog_type"] == false)
    let setting = (report["system_config"] as? [String: Any])?["unprivileged_bpf_disabled"] as? Int
    if setting != 0 { #expect(types["have_socket_filter_prog_type"] == false) }
    #expect((report["reasons"] as? [String: String])?["kprobe"]?.isEmpty == false)
    // The next one has them again.
    let all = try Inspection(["-j", "feature", "probe"]).document() as? [String: Any]
    #expect((all?["program_types"] as? [String: Bool])?["have_socket_filter_prog_type"] == true)
  }

  @Test func readsDelegatedRights() {
    let rights = DelegatedRights.all(
      mountInfo: "30 1 0:29 / /sys/fs/bpf rw - bpf bpf rw,delegate_cmds=map_create:prog_load,delegate_maps=any\n"
        + "31 1 0:30 / /other rw - bpf bpf rw\n")
    #expect(rights.map(\.point) == ["/sys/fs/bpf"])
    #expect(rights.first?.rights.map(\.names) == [["map_create", "prog_load"], ["any"], [], []])
  }
}
