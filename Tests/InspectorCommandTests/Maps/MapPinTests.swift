import BPF
import Foundation
import KernelInterface
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite struct MapPinTests {
  /// A `bpf` file system that no name space has, gone with its last descriptor.
  private struct Mount: ~Copyable {
    let descriptor: OwnedDescriptor
    init() throws {
      descriptor = try OwnedDescriptor(
        adopting: SystemCallError.check(LiveKernel().mountDetached("bpf"), "fsmount", on: "bpf"))
    }
    var path: String { "/proc/self/fd/\(descriptor.withNumber { $0 })" }
  }

  private func words(_ path: String, _ rest: String) -> [String] {
    ["map", "create", path] + rest.split(separator: " ").map(String.init)
  }

  @Test func createsAndPins() throws {
    let mount = try Mount()
    let path = "\(mount.path)/counts"
    let made = try Inspection(words(path, "type percpu_hash key 4 value 0x8 entries 16 name counts flags 1"))
    #expect(made.errors == "")
    #expect(made.status == 0)
    let info = try Map(pinnedAt: path).info()
    #expect(info.type == .perCPUHash)
    #expect(info.name == "counts")
    #expect(info.keySize == 4)
    #expect(info.valueSize == 8)
    #expect(info.maxEntries == 16)
    #expect(info.flags == .noPreallocation)
    #expect(try Inspection(["map", "pin", "pinned", path, "\(mount.path)/again"]).status == 0)
    #expect(try Map(pinnedAt: "\(mount.path)/again").info().id == info.id)
    let present = try Inspection(["map", "pin", "pinned", path, "\(mount.path)/again"], calledAs: .bpftool)
    #expect(present.status == 239)
    #expect(
      try Inspection(
        words("\(mount.path)/outer", "type hash_of_maps key 4 value 4 entries 2 name outer inner_map pinned \(path)")
      ).status == 0)
    #expect(try Map(pinnedAt: "\(mount.path)/outer").info().type == .hashOfMaps)
  }

  @Test func cutsLongNames() throws {
    let mount = try Mount()
    let made = try Inspection(words("\(mount.path)/m", "type array key 4 value 4 entries 1 name sixteen_letters_"))
    #expect(made.errors == "Warning: the kernel keeps 15 letters of a name: 'sixteen_letters'\n")
    #expect(try Map(pinnedAt: "\(mount.path)/m").info().name == "sixteen_letters")
  }

  @Test func mountsNothing() throws {
    try known("mounting")
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = try FileSystem.text(of: "/proc/self/mountinfo").contains(folder.path)
    for name in [InspectorInvocation.Name.bpf, .bpftool] {
      let refused = try Inspection(
        words("\(folder.path)/map", "type hash key 4 value 4 entries 1 name refused"), calledAs: name)
      #expect(refused.errors.contains("it is in no bpf file system"), "\(refused.errors)")
      #expect(refused.status == (name == .bpf ? 1 : 255))
    }
    #expect(try FileSystem.text(of: "/proc/self/mountinfo").contains(folder.path) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [
    ("type hash key 4 value 4 entries 4", "map name not specified"), ("name a key 4 value 4", "map type not specified"),
    ("type hush", "unrecognized map type: hush"), ("type hash key x", "can't parse x as key size"),
    ("type hash key 4 key 4", "key size already specified"), ("type hash entries", "'entries' needs an argument"),
    ("type hash nonsense 4", "unknown arg nonsense"), ("name with-hyphen", "only letters, digits"),
  ]) func refusesWords(_ rest: String, _ expected: String) throws {
    let refused = try Inspection(words("/nowhere/map", rest))
    #expect(refused.errors.contains(expected), "\(refused.errors)")
    #expect(refused.status == 2)
  }
}
