import BTF
import Glibc

/// The running kernel's BTF, and what bpftool says of it.
enum Kernel {
  static let path = "/sys/kernel/btf/vmlinux"
  static let bytes: [UInt8] = File.read(path)
  static let hasBTF = access(path, R_OK) == 0
  static let hasBPFTool = access("/usr/sbin/bpftool", X_OK) == 0

  static let hasClang = system("command -v clang >/dev/null 2>&1") == 0

  static let graph = Result { () throws(BTFError) in try TypeGraph(bytes: bytes) }

  /// What a shell command prints.
  static func output(of command: String) -> [UInt8] {
    guard let stream = popen(command, "r") else { return [] }
    defer { pclose(stream) }
    return File.read(stream)
  }
}

enum File {
  static func read(_ path: String) -> [UInt8] {
    guard let stream = fopen(path, "r") else { return [] }
    defer { fclose(stream) }
    return read(stream)
  }

  static func read(_ stream: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, stream)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
