import BPF
import BPFBuild
import Testing

@testable import BuildCommand

@Suite struct ObjectRemarksTests {
  private static func spec(_ section: String, license: String) -> ObjectSpec {
    ObjectSpec(name: "a", license: license, programs: [ObjectProgram(name: "count", sectionName: section)])
  }

  @Test(arguments: ["xdp", "tp/syscalls/sys_enter_openat", "?raw_tp/sys_enter", "struct_ops/init"])
  func soundObjectsNeedNone(_ section: String) {
    #expect(ObjectRemarks.text(on: Self.spec(section, license: "GPL"), from: "a.bpf.swift", .plain) == "")
  }

  @Test func aSectionThatNamesNothingIsTold() {
    let spec = Self.spec("tracepont/sched/sched_switch", license: "GPL")
    #expect(
      ObjectRemarks.text(on: spec, from: "a.bpf.c", .plain) == """
        a.bpf.c: WARNING: the section 'tracepont/sched/sched_switch' of the program 'count' names no type of program
        HINT: did you mean tracepoint?

        """)
  }

  @Test(arguments: [
    ("a.bpf.c", "char LICENSE[] SEC(\"license\") = \"GPL\";"),
    ("a.bpf.swift", "public let license: StaticString = \"GPL\""),
  ])
  func aMissingLicenseIsTold(_ source: String, _ remedy: String) {
    #expect(
      ObjectRemarks.text(on: Self.spec("xdp", license: ""), from: source, .compiler)
        == "\(source): warning: there is no license, and the kernel keeps many helpers from such programs; "
        + "write: \(remedy)\n")
  }
}
