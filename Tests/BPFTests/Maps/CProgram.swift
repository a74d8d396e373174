import Foundation

/// A program of C, compiled when a test needs it, that does to maps what other people's programs do.
struct CProgram {
  private let folder: URL

  /// Whether there is a compiler.
  static let canCompile = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

  /// `bpf(2)` and what every program needs.
  private static let prelude = """
    #include <linux/bpf.h>
    #include <stdint.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/syscall.h>
    #include <unistd.h>
    static int bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof(*attr)); }
    static int open_pin(const char *path) {
      union bpf_attr attr;
      memset(&attr, 0, sizeof attr);
      attr.pathname = (uintptr_t)path;
      return bpf(BPF_OBJ_GET, &attr);
    }
    static int element(int command, int map, const void *key, void *value) {
      union bpf_attr attr;
      memset(&attr, 0, sizeof attr);
      attr.map_fd = map;
      attr.key = (uintptr_t)key;
      attr.value = (uintptr_t)value;
      return bpf(command, &attr);
    }
    """

  init(_ source: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "swift-bpf-c-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "program.c")
    try Data("\(Self.prelude)\n\(source)\n".utf8).write(to: file)
    let (status, output) = try Self.run(
      "/usr/bin/cc", ["-O1", "-Wall", "-o", folder.appending(path: "program").path, file.path])
    if status != 0 { throw Failure(description: output) }
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Runs it; the answer is what it printed.
  func run(_ arguments: String...) throws -> String {
    let (status, output) = try Self.run(folder.appending(path: "program").path, arguments)
    if status != 0 { throw Failure(description: "status \(status): \(output)") }
    return output
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static func run(_ path: String, _ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
