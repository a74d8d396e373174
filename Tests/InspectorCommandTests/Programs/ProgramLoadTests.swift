import BPF
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct ProgramLoadTests {
  /// A `bpf` file system that no name space has, gone with its last descriptor.
  private struct Mount: ~Copyable {
    let descriptor: OwnedDescriptor
    init() throws {
      descriptor = try OwnedDescriptor(
        adopting: SystemCallError.check(LiveKernel().mountDetached("bpf"), "fsmount", on: "bpf"))
    }
    var path: String { "/proc/self/fd/\(descriptor.withNumber { $0 })" }
    func names(_ folder: String = "") throws -> [String] {
      try FileSystem.entries(of: path + folder).map(\.name).sorted()
    }
  }

  @Test func loadsAllAndPinsThemByName() throws {
    let mount = try Mount()
    let path = try TestObject("inspected_run").path
    let done = try Inspection(["prog", "loadall", path, "\(mount.path)/all"])
    #expect(done.errors == "")
    #expect(done.status == 0)
    #expect(try mount.names("/all") == ["on_classify", "on_packet"])
    #expect(try Program(pinnedAt: "\(mount.path)/all/on_packet").info().type == .xdp)
    // The first alone.
    #expect(try Inspection(["-j", "prog", "load", path, "\(mount.path)/first"]).output == "null\n")
    #expect(try Program(pinnedAt: "\(mount.path)/first").info().name == "on_classify")
    #expect(try Inspection(["prog", "load", path, "\(mount.path)/first"], calledAs: .bpftool).status == 239)
  }

  @Test func pinsMapsAndUsesThoseOfOthers() throws {
    let mount = try Mount()
    let path = try TestObject("inspected").path
    let done = try Inspection(["prog", "load", path, "\(mount.path)/p", "pinmaps", "\(mount.path)/maps"])
    #expect(done.errors == "")
    #expect(try mount.names("/maps") == ["inspecte_bss", "inspecte_rodata", "table", "values"])
    let table = try Map(pinnedAt: "\(mount.path)/maps/table").info().id
    let again = try Inspection(
      ["prog", "load", path, "\(mount.path)/q", "map", "name", "table", "pinned", "\(mount.path)/maps/table"])
    #expect(again.errors == "")
    #expect(try Program(pinnedAt: "\(mount.path)/q").info().mapIDs.contains(table))
    let refused = try Inspection(
      ["prog", "load", path, "\(mount.path)/r", "map", "name", "table", "pinned", "\(mount.path)/maps/values"])
    #expect(refused.errors.contains("map 'values' cannot take its place: type: array, not hash"), "\(refused.errors)")
    #expect(try mount.names().contains("r") == false)
  }

  @Test(.needs(.perfEventLinks)) func pinsLinksThatAttachThemselves() throws {
    let mount = try Mount()
    let path = try TestObject("load_attach").path
    let done = try Inspection(["prog", "loadall", path, "\(mount.path)/links", "autoattach"])
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.errors.contains("program 'on_packet' names no place to attach to"))
    #expect(try Link(pinnedAt: "\(mount.path)/links/on_enter").info()?.type == .rawTracepoint)
    #expect(try Program(pinnedAt: "\(mount.path)/links/on_packet").info().type == .xdp)
  }

  /// What the verifier refuses is told with its source line, and nothing is left.
  @Test func explainsARefusal() throws {
    let mount = try Mount()
    let path = try TestObject("inspected_refused").path
    let refused = try Inspection(["prog", "loadall", path, "\(mount.path)/none"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("inspected_refused.bpf.c:16"), "\(refused.errors)")
    #expect(try mount.names().contains("none") == false)
    let document = try Inspection(["-j", "prog", "load", path, "\(mount.path)/p"]).document()
    #expect((document as? [String: String])?["error"]?.contains("the kernel refuses program") == true)
  }

  @Test(arguments: [
    (["type", "nonsense"], "unknown program type 'nonsense'"), (["map", "idx", "99", "id", "1"], "the object has"),
    (["offload_dev", "lo", "xdpmeta_dev", "lo"], "for one device only"),
    (["map", "table"], "expected 'idx' or 'name', got: 'table'"), (["nonsense"], "what is 'nonsense'?"),
  ]) func refusesWords(_ rest: [String], _ expected: String) throws {
    let refused = try Inspection(["prog", "load", try TestObject("inspected").path, "/nowhere/p"] + rest)
    #expect(refused.errors.contains(expected), "\(refused.errors)")
    #expect(refused.status == 2)
  }

  /// The loopback device runs no programs and knows nothing of packets.
  @Test(.needs(linux: 6, 3, for: "programs of a device's packets"), arguments: ["dev", "offload_dev", "xdpmeta_dev"])
  func bindsToDevices(_ word: String) throws {
    let mount = try Mount()
    let words = ["prog", "load", try TestObject("inspected_skeleton").path, "\(mount.path)/p", "type", "xdp"]
    #expect(try Inspection(words + [word, "no_such_device"]).errors.contains("no_such_device"))
    let refused = try Inspection(words + [word, "lo"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("EOPNOTSUPP") || refused.errors.contains("EINVAL"), "\(refused.errors)")
  }

  @Test func makesNoLoaderPrograms() throws {
    try known("loader-programs")
    let path = try TestObject("inspected").path
    for words in [["prog", "load", path, "/nowhere/p"], ["gen", "skeleton", path]] {
      for options in [["-L"], ["--use-loader"], ["-S", "-k", "key.pem", "-i", "cert.pem"]] {
        let refused = try Inspection(options + words)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("loader programs (-L)"), "\(refused.errors)")
      }
      #expect(try Inspection(["-S", "-k", "key.pem"] + words).status == 2)
      #expect(try Inspection(["-i", "cert.pem"] + words).status == 2)
    }
    #expect(try Inspection(["-L", "version"]).status == 0)
  }

  @Test(.needs(linux: 5, 18, for: "the list of a socket map's programs")) func attachesToMapsOfSockets() throws {
    let mount = try Mount()
    #expect(try Inspection(["prog", "load", try TestObject("inspected_sockets").path, "\(mount.path)/p"]).status == 0)
    let map = try LiveMap.make(.socketMap, key: 4, value: 4)
    let words = try ["pinned", "\(mount.path)/p", "sk_skb_verdict"] + map.words
    #expect(try Inspection(["prog", "attach"] + words).errors == "")
    let query = try LiveKernel().attachedPrograms(
      at: map.descriptor.withNumber { UInt32($0) }, .skSkbVerdict, subject: "map")
    #expect(query.programIDs.count == 1)
    #expect(try Inspection(["prog", "detach"] + words).status == 0)
    #expect(try Inspection(["prog", "detach"] + words, calledAs: .bpftool).status == 254)
    #expect(try Inspection(["prog", "attach", "pinned", "\(mount.path)/p", "nonsense"]).status == 2)
  }
}
