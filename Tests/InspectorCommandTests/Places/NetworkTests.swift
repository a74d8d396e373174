import BPF
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct NetworkTests {
  private func object() throws -> BPFObject { try BPFObject(ObjectSpec(path: TestObject("inspected_run").path)) }

  @Test func attachesXDPAndShowsIt() throws {
    let object = try object()
    let id = try object.program(named: "on_packet").info().id
    _ = try NetworkNamespace.make().run { () throws in
      let words = ["xdpgeneric", "id", "\(id)", "dev", "lo"]
      #expect(try Inspection(["net", "attach"] + words).errors == "")
      #expect(
        try Inspection(["net", "show"]).output.hasPrefix("xdp:\nlo(1) generic id \(id)\n\ntc:\n\nflow_dissector:\n\n"))
      #expect(try Inspection(["net", "attach"] + words).errors.contains("say 'overwrite'"))
      #expect(try Inspection(["net", "attach"] + words + ["overwrite"]).status == 0)
      let document = try Inspection(["-j", "net", "show", "dev", "lo"]).document() as? [[String: Any]]
      #expect(
        document?.first?["xdp"] as? NSArray
          == [["devname": "lo", "ifindex": 1, "mode": "generic", "id": Int(id)] as NSDictionary] as NSArray)
      #expect(try Inspection(["net", "detach", "xdpgeneric", "dev", "lo"]).status == 0)
      #expect(try Inspection(["net", "show"]).output.hasPrefix("xdp:\n\ntc:\n"))
      #expect(try Inspection(["net", "show", "dev", "nothing"]).status == 1)
    }
  }

  @Test(.needs(.link(.tcxIngress))) func attachesInOrder() throws {
    let object = try object()
    let id = try object.program(named: "on_classify").info().id
    let other = try self.object()
    let first = try other.program(named: "on_classify").info().id
    _ = try NetworkNamespace.make().run { () throws in
      #expect(try Inspection(["net", "attach", "tcx_ingress", "id", "\(id)", "dev", "lo"]).errors == "")
      #expect(
        try Inspection(["net", "attach", "tcx_ingress", "id", "\(first)", "dev", "lo", "prepend"]).errors == "")
      let text = try Inspection(["net", "show"]).output
      #expect(
        text.contains(
          "tc:\nlo(1) tcx/ingress on_classify prog_id \(first) \nlo(1) tcx/ingress on_classify prog_id \(id) \n"),
        "\(text)")
      #expect(try Inspection(["net", "detach", "tcx_ingress", "dev", "lo"]).status == 0)
      #expect(try !Inspection(["net", "show"]).output.contains("prog_id \(id) "))
      #expect(try Inspection(["net", "detach", "tcx_ingress", "dev", "lo"]).status == 0)
      #expect(try Inspection(["net", "detach", "tcx_ingress", "dev", "lo"], calledAs: .bpftool).status == 254)
    }
  }

  @Test func flowDissectorsAreJSON() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("inspected_sockets").path))
    let id = try object.program(named: "dissect").info().id
    _ = try NetworkNamespace.make().run { () throws in
      #expect(try Inspection(["prog", "attach", "id", "\(id)", "flow_dissector"]).errors == "")
      try known("flow-dissectors")
      let document = try Inspection(["-j", "net", "show"]).document() as? [[String: Any]]
      #expect(document?.first?["flow_dissector"] as? NSArray == [["id": Int(id)] as NSDictionary] as NSArray)
      #expect(try Inspection(["prog", "detach", "id", "\(id)", "flow_dissector"]).status == 0)
    }
  }
}
