import Foundation
import LinuxSystem

@testable import InspectorCommand

/// What a call of the inspector says, and how it ends.
struct Inspection {
  var status: UInt8
  var output: String
  var errors: String

  init(_ words: [String], calledAs name: InspectorInvocation.Name = .bpf) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (out, err) = (folder.appending(path: "out").path, folder.appending(path: "err").path)
    let output = BufferedOutput(try FileSystem.open(out, .create), subject: out, buffering: .full)
    let errors = BufferedOutput(try FileSystem.open(err, .create), subject: err, buffering: .full)
    status = InspectorInvocation(words, calledAs: name).run(output: output, errors: errors)
    self.output = try FileSystem.text(of: out)
    self.errors = try FileSystem.text(of: err)
  }

  /// The output as a JSON document.
  func document() throws -> NSObject? {
    try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) as? NSObject
  }
}

/// Debian's bpftool, as the peer.
enum BPFTool {
  static let path = ["/usr/sbin/bpftool", "/sbin/bpftool", "/usr/bin/bpftool"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  static var isInstalled: Bool { path != nil }

  static func output(_ words: [String]) throws -> String { try run(words).output }

  static func run(_ words: [String]) throws -> (status: UInt8, output: String) {
    let process = Process()
    process.executableURL = path.map { URL(filePath: $0) }
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (UInt8(truncatingIfNeeded: process.terminationStatus), text)
  }

  static func document(_ words: [String]) throws -> NSObject? {
    try JSONSerialization.jsonObject(with: Data(output(words).utf8), options: .fragmentsAllowed) as? NSObject
  }
}
