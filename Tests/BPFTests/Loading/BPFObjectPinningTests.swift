import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite struct BPFObjectPinningTests {
  private func object(pinFolder: String) throws -> BPFObject {
    var options = LoadOptions()
    options.pinFolder = pinFolder
    return try BPFObject(ObjectSpec(path: TestObject("load_maps").path), options: options)
  }

  private func names(in folder: String) throws -> Set<String> {
    Set(try FileSystem.entries(of: folder).map(\.name))
  }

  private let all: Set = ["first", "second", "outer", "jumps", "load_pinned", "called", "calls"]

  @Test func pinsAllAndTakesAllAway() throws {
    let files = try BPFFileSystem()
    let folder = "\(files.path)/whole"
    do {
      let object = try object(pinFolder: "\(files.path)/shared")
      #expect(try Set(object.pin(in: folder)) == Set(all.map { "\(folder)/\($0)" }))
      #expect(try names(in: folder) == all)
    }
    // They outlive the object.
    #expect(try Program(pinnedAt: "\(folder)/calls").run().returnValue == 77)
    #expect(try Map(pinnedAt: "\(folder)/second").value(of: bytes(0 as UInt32)) == bytes(9 as UInt32))
    let another = try object(pinFolder: "\(files.path)/shared")
    // What another object put there is not this one's, but for the map that they share.
    try another.unpin(from: folder)
    #expect(try names(in: folder) == all.subtracting(["load_pinned"]))
    for name in try names(in: folder) { try Map.unpin("\(folder)/\(name)") }
    #expect(try another.pinMaps(in: folder).count == 5)
    #expect(try another.pinPrograms(in: folder) == ["\(folder)/called", "\(folder)/calls"])
    try another.unpin(from: folder)
    #expect(try names(in: folder).isEmpty)
    try another.unpin(from: folder)
  }

  /// Data sections' maps have dots in their names.
  @Test func namesHaveNoDots() throws {
    let files = try BPFFileSystem()
    let object = try BPFObject(ObjectSpec(path: TestObject("load_counting").path))
    let folder = "\(files.path)/counting"
    try object.pin(in: folder)
    #expect(try names(in: folder).isSuperset(of: ["counts", "events", "count"]))
    #expect(try names(in: folder).count(where: { $0.hasSuffix("_rodata") }) == 1)
    try object.unpin(from: folder)
    #expect(try names(in: folder).isEmpty)
  }

  @Test func pinsAllOrNothing() throws {
    let files = try BPFFileSystem()
    let object = try object(pinFolder: "\(files.path)/shared")
    let folder = "\(files.path)/taken"
    try FileSystem.makeFolder(folder)
    try Map(MapSpec(name: "other", type: .array, keySize: 4, valueSize: 4, maxEntries: 1)).pin(at: "\(folder)/calls")
    #expect(
      throws: BPFError.systemCall(
        SystemCallError(call: "bpf(BPF_OBJ_PIN)", subject: "\(folder)/calls", errno: .fileExists))
    ) { try object.pin(in: folder) }
    #expect(try names(in: folder) == ["calls"])
    #expect(throws: BPFError.self) { try object.pin(in: "/tmp/swift-bpf-no-bpf-file-system") }
    #expect(throws: SystemCallError.self) { try FileSystem.entries(of: "/tmp/swift-bpf-no-bpf-file-system") }
  }

  /// A map that its source pins by name stays where it is.
  @Test func keepsPinsByName() throws {
    let files = try BPFFileSystem()
    let folder = "\(files.path)/shared"
    let object = try object(pinFolder: folder)
    #expect(try names(in: folder) == ["load_pinned"])
    let made = try object.pin(in: folder)
    #expect(try names(in: folder) == all)
    #expect(!made.contains("\(folder)/load_pinned"))
  }

  @Test(.needs(.ability(.mapBinding))) func programsKeepConstants() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_metadata").path))
    let constants = try object.map(named: ".rodata").info().id
    #expect(try object.program(named: "silent").info().mapIDs == [constants])
  }
}
