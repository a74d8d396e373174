import BPF
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct ProgramRunTests {
  /// A folder of files for a run, gone with the value.
  final class Files {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
      let file = folder.appending(path: name)
      try Data(bytes).write(to: file)
      return file.path
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  private func loaded() throws -> BPFObject { try BPFObject(ObjectSpec(path: TestObject("inspected_run").path)) }

  private func untimed(_ text: String) -> String {
    text.replacing(/[0-9]+ns/, with: "Nns").replacing(/"duration": ?[0-9]+/, with: "duration")
  }

  @Test(.enabled(if: BPFTool.isInstalled, "bpftool is not installed")) func printsAsBPFToolDoes() throws {
    let object = try loaded()
    let files = try Files()
    let packet = try files.write((0..<50).map { UInt8($0 &* 5) }, "packet")
    let context = try files.write([UInt8](repeating: 0, count: 192), "context")
    for (name, rest) in [
      ("on_classify", ["data_in", packet]), ("on_classify", ["data_in", packet, "data_out", "-"]),
      ("on_classify", ["data_in", packet, "ctx_in", context, "ctx_out", "-", "data_out", "-"]),
      ("on_packet", ["data_in", packet, "data_out", "-", "repeat", "5"]),
    ] {
      let words = try ["prog", "run", "id", "\(object.program(named: name).info().id)"] + rest
      #expect(try untimed(Inspection(words).output) == untimed(BPFTool.output(words)))
      for option in ["-j", "-p"] {
        #expect(
          try untimed(Inspection([option] + words).output) == untimed(BPFTool.output([option] + words)))
      }
    }
  }

  @Test func writesWhatComesBack() throws {
    let program = try loaded().program(named: "on_classify")
    let files = try Files()
    let packet = try files.write((0..<50).map { UInt8($0) }, "packet")
    let back = files.folder.appending(path: "back").path
    let words = try ["prog", "run", "id", "\(program.info().id)", "data_in", packet]
    #expect(try Inspection(words + ["data_out", back]).status == 0)
    #expect(try FileSystem.contents(of: back) == FileSystem.contents(of: packet))
    #expect(try Inspection(words + ["data_out", back, "data_size_out", "20"]).errors.contains("data_size_out"))
    #expect(try Inspection(words + ["data_", back]).errors.contains("may mean data_in, data_out, data_size_out"))
    #expect(try Inspection(Array(words.dropLast(2))).status == 2)
    #expect(try Inspection(words + ["ctx_out", "-"]).errors.contains("'ctx_out' needs 'ctx_in'"))
  }
}
