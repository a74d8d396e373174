// TestObjects: BPF objects for tests, compiled from the C sources beside this file by the toolchain's own clang.
import Foundation

/// An object file made from one of the C sources in `C/`.
///
///     let object = try TestObject("counter")    // C/counter.bpf.c
///     let bytes = try object.bytes()
public struct TestObject: Sendable {
  /// Where the object file is.
  public let path: String

  /// How it is compiled.
  public struct Options: Hashable, Sendable {
    /// `-mcpu`: v2 loads on every kernel of the matrix.
    public var level = "v2"
    /// Whether it is for a big-endian machine.
    public var isBigEndian = false
    /// `-D` names, with their values.
    public var definitions: [String] = []
    /// Further arguments of clang.
    public var arguments: [String] = []

    /// How clang is called beyond what every object needs.
    public init(
      level: String = "v2", isBigEndian: Bool = false, definitions: [String] = [], arguments: [String] = []
    ) {
      self.level = level
      self.isBigEndian = isBigEndian
      self.definitions = definitions
      self.arguments = arguments
    }

    var words: [String] {
      ["-target", isBigEndian ? "bpfeb" : "bpfel", "-mcpu=\(level)"] + definitions.map { "-D\($0)" } + arguments
    }

    /// Part of the object's file name; different for different words.
    var tag: String {
      let hash = words.joined(separator: " ").utf8.reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) {
        $0 = ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      return String(hash, radix: 36)
    }
  }

  /// Why there is no object.
  public struct Failure: Error, CustomStringConvertible {
    /// What clang said.
    public let description: String
  }

  /// Compiles `C/<name>.bpf.c` unless that was done since the source or a header last changed.
  public init(_ name: String, _ options: Options = Options()) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let sources = folder.appending(path: "C")
    let source = sources.appending(path: "\(name).bpf.c")
    let products = folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/test-objects")
    let product = products.appending(path: "\(name)-\(options.tag).o")
    path = product.path
    let headers = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "h" }
    if let made = Self.modified(product), try (headers + [source]).allSatisfy({ try Self.date(of: $0) <= made }) {
      return
    }
    try FileManager.default.createDirectory(at: products, withIntermediateDirectories: true)
    // Two test processes may make the same object; each sees a whole one.
    let draft = products.appending(path: "\(UUID().uuidString).o")
    defer { try? FileManager.default.removeItem(at: draft) }
    try Self.compile(source, to: draft, options.words)
    guard rename(draft.path, product.path) == 0 else { throw Failure(description: "cannot rename to \(product.path)") }
  }

  /// The object file's bytes.
  public func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

  private static func modified(_ file: URL) -> Date? { try? date(of: file) }

  private static func date(of file: URL) throws -> Date {
    guard let date = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date else {
      throw Failure(description: "\(file.path) has no date")
    }
    return date
  }

  private static func compile(_ source: URL, to product: URL, _ words: [String]) throws {
    let clang = Process()
    clang.executableURL = URL(filePath: "/usr/bin/env")
    clang.arguments =
      ["clang", "-g", "-O2", "-Wall", "-Werror", "-Wno-unused-function"] + words
      + ["-idirafter", "/usr/include/\(machine)-linux-gnu", "-c", source.path, "-o", product.path]
    let pipe = Pipe()
    clang.standardError = pipe
    try clang.run()
    let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    clang.waitUntilExit()
    if clang.terminationStatus != 0 { throw Failure(description: words) }
  }

  private static var machine: String {
    #if arch(arm64)
      "aarch64"
    #else
      "x86_64"
    #endif
  }
}
