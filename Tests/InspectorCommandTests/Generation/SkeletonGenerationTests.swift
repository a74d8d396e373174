import BPF
import Foundation
import KernelInterface
import KernelTesting
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct SkeletonGenerationTests {
  private static let compilers = ["gcc", "g++"].filter { compiler in
    ["/usr/bin", "/usr/local/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(compiler)") }
  }
  private static var isComplete: Bool {
    !compilers.isEmpty && FileManager.default.fileExists(atPath: "/usr/include/bpf/libbpf.h")
  }

  private static func run(_ words: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// The same C program, with our headers and with bpftool's.
  @Test(
    .needs(.program(.rawTracepoint)),
    .enabled(if: isComplete, "gcc and libbpf's headers are not installed"), arguments: compilers)
  func programsUseAnObjectThroughIt(_ compiler: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let object = try TestObject("inspected_skeleton").path
    let source = URL(filePath: object).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Tests/TestObjects/C/skeleton.c").path
    func result(_ header: ([String]) throws -> String) throws -> String {
      for (word, name) in [("skeleton", "whole"), ("subskeleton", "part")] {
        try header(["gen", word, object, "name", name])
          .write(to: folder.appending(path: "\(name).h"), atomically: true, encoding: .utf8)
      }
      let program = folder.appending(path: "program").path
      let language = compiler == "gcc" ? "c" : "c++"
      let made = try Self.run(
        [compiler, "-x", language, "-Wall", "-Wextra", "-Werror", "-I", folder.path, source, "-o", program, "-lbpf"])
      #expect(made.output == "")
      let ran = try Self.run([program])
      #expect(ran.status == 0)
      return ran.output
    }
    #expect(try result { try Inspection($0).output } == "30 120 1 9 hello 1\n")
    if BPFTool.isInstalled { #expect(try result(BPFTool.output) == "30 120 1 9 hello 1\n") }
  }

  @Test func shadowsStructsOfOperations() throws {
    let text = try Inspection(["gen", "skeleton", TestObject("inspected_operations").path, "name", "ops"]).output
    #expect(
      text.contains(
        """
        \t\tstruct ops__swops_00000000__tcp_congestion_ops {
        \t\t\tstruct bpf_program *ssthresh;
        \t\t\tstruct bpf_program *cong_avoid;
        \t\t\tstruct bpf_program *undo_cwnd;
        \t\t\tchar __unsupported_3[16];
        \t\t} *swops_00000000;
        """))
    #expect(text.contains("\t\tstruct bpf_link *swops_00000000;\n"))
  }

  @Test func namesTheStructByTheFile() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "a-b.bpf.o")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(TestObject("counter").bytes()).write(to: file)
    let text = try Inspection(["gen", "skeleton", file.path]).output
    #expect(text.contains("\nstruct a_b_bpf {\n"))
    #expect(text.contains("#ifndef __A_B_BPF_SKEL_H__\n"))
    #expect(try Inspection(["gen", "skeleton", file.path, "name", "2nd"]).status == 2)
    #expect(try Inspection(["gen", "skeleton"]).status == 2)
    #expect(try Inspection(["gen", "skeleton", "/bin/true"]).status == 1)
    let document = try Inspection(["-j", "gen", "skeleton", file.path]).document() as? [String: String]
    #expect(document?["text"] == text)
  }
}
