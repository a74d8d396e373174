import Bytecode
import Foundation
import KernelInterface
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite struct BPFObjectTests {
  private func spec(_ name: String) throws -> ObjectSpec { try ObjectSpec(path: TestObject(name).path) }

  @Test func loadsMapsDataAndPrograms() throws {
    var spec = try spec("load_counting")
    try spec.setVariable("min_pid", to: UInt32(99))
    let object = try BPFObject(spec)
    #expect(object.programs.map(\.spec.name) == ["count"])
    #expect(object.typesRefusal == nil)
    // 5000 bytes are no whole pages, nor a power of two.
    #expect(try object.map(named: "events").info().maxEntries == 8192)
    #expect(try object.map(named: "perf_events").info().maxEntries == CPUList.possible().cpus.count)
    #expect(try object.program(named: "count").run().returnValue == 42)
    #expect(try object.value(ofVariable: "total", as: UInt64.self) == 42)
    // The test run happens in this process, whose id CO-RE has found.
    #expect(try object.value(ofVariable: "seen", as: UInt32.self) == UInt32(CurrentProcess.id))
    #expect(
      try object.map(named: "counts").value(of: bytes(99 as UInt32))
        == bytes(UInt32(CurrentProcess.id)) + bytes(0 as UInt32))
    #expect(try object.bytes(ofVariable: "label") == Array("label\0\0\0".utf8))
    #expect(throws: BPFError.self) {
      try object.map(named: ".rodata").update(bytes(0 as UInt32), to: [UInt8](repeating: 0, count: 12))
    }
    let info = try object.program(named: "count").info()
    #expect(info.btfID != 0)
  }

  @Test func loadsWhatIsSwitchedOn() throws {
    var spec = try spec("load_counting")
    for index in spec.programs.indices { spec.programs[index].isLoaded = spec.programs[index].name == "other" }
    let object = try BPFObject(spec)
    #expect(object.programs.map(\.spec.name) == ["other"])
    #expect(try object.program(named: "other").run().returnValue == UInt32(UInt8(ascii: "l")))
    #expect(throws: LoadError.unknownName("count", expected: "loaded program in \(spec.name)")) {
      try object.program(named: "count")
    }
  }

  @Test func checksVariables() throws {
    var spec = try spec("load_counting")
    #expect(throws: LoadError.wrongVariableSize("min_pid", expected: 4, given: 8)) {
      try spec.setVariable("min_pid", to: UInt64(5))
    }
    #expect(throws: LoadError.self) { try spec.setVariable("there is none", to: UInt64(5)) }
    #expect(try spec.bytes(ofVariable: "min_pid") == bytes(7 as UInt32))
    #expect(try spec.bytes(ofVariable: "seen") == [0, 0, 0, 0])
  }

  @Test func fillsMapsOfMapsAndProgramArrays() throws {
    let files = try BPFFileSystem()
    var options = LoadOptions()
    options.pinFolder = "\(files.path)/folder"
    let object = try BPFObject(spec("load_maps"), options: options)
    #expect(try object.program(named: "calls").run().returnValue == 77)
    #expect(try object.map(named: "second").value(of: bytes(0 as UInt32)) == bytes(9 as UInt32))
    #expect(try object.map(named: "first").value(of: bytes(0 as UInt32)) == bytes(0 as UInt32))
  }

  @Test func picksUpWhatIsPinned() throws {
    let files = try BPFFileSystem()
    var options = LoadOptions()
    options.pinFolder = "\(files.path)/folder"
    let first = try BPFObject(spec("load_maps"), options: options)
    _ = try first.program(named: "calls").run()
    let second = try BPFObject(spec("load_maps"), options: options)
    _ = try second.program(named: "calls").run()
    #expect(try second.map(named: "load_pinned").value(of: bytes(0 as UInt32)) == bytes(2 as UInt64))
    #expect(try second.map(named: "load_pinned").info().id == first.map(named: "load_pinned").info().id)
    #expect(try second.map(named: "first").info().id != first.map(named: "first").info().id)
    var other = try spec("load_maps")
    let place = try #require(other.maps.firstIndex { $0.name == "load_pinned" })
    other.maps[place].valueSize = 16
    other.maps[place].valueTypeID = nil
    #expect(
      throws: LoadError.map(
        "load_pinned",
        .pinnedMapDiffers(path: "\(options.pinFolder)/load_pinned", difference: "bytes of a value: 8, not 16"))
    ) { try BPFObject(other, options: options) }
  }

  @Test func variablesAreLive() throws {
    let object = try BPFObject(spec("load_counting"))
    let total = try object.variable("total", as: UInt64.self)
    #expect(total.value == 40)
    total.value = 1000
    #expect(try object.program(named: "count").run().returnValue == 1002)
    #expect(total.value == 1002)
    #expect(throws: LoadError.self) { try object.variable("min_pid", as: UInt32.self) }
    #expect(try object.memory(ofMap: ".rodata").constant("min_pid", as: UInt32.self).value == 7)
  }

  @Test func saysThatThereAreNoGlobalVariables() throws {
    let error = #expect(throws: LoadError.self) {
      try BPFObject(spec("load_counting"), kernel: KernelWithoutGlobalData())
    }
    #expect(
      error?.description
        == "program 'count' needs global variables (Linux 5.2 is the first to have them), which this kernel does not have"
    )
  }

  /// A verifier's refusal of the last program comes when maps, pins and another program are there already.
  @Test func leavesNothingBehindAfterFailure() throws {
    let files = try BPFFileSystem()
    var options = LoadOptions()
    options.pinFolder = "\(files.path)/folder"
    var spec = try spec("load_maps")
    let broken = try #require(spec.functions.firstIndex { $0.name == "calls" })
    spec.functions[broken].instructions[0] = .load(.doubleWord, .r0, from: .r9)
    let kernel = RecordingKernel()
    do throws(LoadError) {
      _ = try BPFObject(spec, options: options, kernel: kernel)
      Issue.record("the verifier took a read of an unset register")
    } catch {
      guard case .program("calls", .programRefused(let refusal)) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(refusal.error.errno == .permissionDenied)
      #expect(refusal.reason == "R9 !read_ok")
      #expect(refusal.function == "calls")
    }
    #expect(try FileSystem.entries(of: options.pinFolder).isEmpty)
    let made = kernel.made
    #expect(made.filter { $0.kind == .map }.count >= 6)
    #expect(made.contains { $0.kind == .program })
    #expect(made.contains { $0.kind == .btf })
    // The kernel lets go of the maps in a map a little later, in a worker of its own.
    let deadline = ContinuousClock.now + .seconds(60)
    var left = made
    while !left.isEmpty, ContinuousClock.now < deadline { left.removeAll { !isLoaded($0) } }
    #expect(left.isEmpty)
  }

  /// Asks for the next number only: opening a program array and closing it makes the kernel hold on to it for a while.
  private func isLoaded(_ object: RecordingKernel.Made) -> Bool {
    (try? LiveKernel().nextID(of: object.kind, after: object.id - 1)) == object.id
  }

  @Test(.enabled(if: KernelFeatures(LiveKernel()).has(.loop))) func passesCallbacks() throws {
    let object = try BPFObject(spec("load_loop"))
    #expect(try object.program(named: "sum").run().returnValue == 55)
  }

  @Test func refusesObjectsOfTheOtherByteOrder() throws {
    let path = try TestObject("counter", TestObject.Options(isBigEndian: 1.bigEndian != 1)).path
    let spec = try ObjectSpec(path: path)
    #expect(throws: LoadError.wrongByteOrder(object: spec.name)) { try BPFObject(spec) }
  }
}
