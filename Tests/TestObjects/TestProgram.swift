import Foundation
import Synchronization

/// A program for this machine made from one of the C sources in `C/`, for tests that attach to it and run it.
///
///     let program = try TestProgram("markers")    // C/markers.c
///
/// Each value is a file of its own: who attaches to a file sees everybody who runs it, other tests, too.
public struct TestProgram: Sendable {
  /// Where the program is; gone with the process.
  public let path: String

  /// Compiles `C/<name>.c` unless that was done since the source last changed.
  ///
  /// - Parameters:
  ///   - isFixed: whether it is for fixed addresses (`-no-pie`).
  ///   - arguments: further arguments of clang.
  public init(_ name: String, isFixed: Bool = false, arguments: [String] = []) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let source = folder.appending(path: "C/\(name).c")
    let products = folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/test-objects")
    let words = (isFixed ? ["-fno-pie", "-no-pie"] : ["-fPIE", "-pie"]) + arguments
    let tag = words.joined().filter { $0.isLetter || $0.isNumber }
    let product = products.appending(path: "\(name)-\(tag)")
    let copy = FileManager.default.temporaryDirectory.appending(path: "swift-bpf-test-\(UUID().uuidString)")
    path = copy.path
    Self.removeAtExit(path)
    if let made = try? Self.date(of: product), try Self.date(of: source) <= made {
      try FileManager.default.copyItem(at: product, to: copy)
      return
    }
    try FileManager.default.createDirectory(at: products, withIntermediateDirectories: true)
    // Two test processes may make the same program; each sees a whole one.
    let draft = products.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: draft) }
    let clang = Process()
    clang.executableURL = URL(filePath: "/usr/bin/env")
    clang.arguments = ["clang", "-g", "-O1", "-Wall", "-Werror"] + words + [source.path, "-o", draft.path]
    let pipe = Pipe()
    clang.standardError = pipe
    try clang.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    clang.waitUntilExit()
    if clang.terminationStatus != 0 { throw TestObject.Failure(description: said) }
    guard rename(draft.path, product.path) == 0 else {
      throw TestObject.Failure(description: "cannot rename to \(product.path)")
    }
    try FileManager.default.copyItem(at: product, to: copy)
  }

  private static func date(of file: URL) throws -> Date {
    guard let date = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date else {
      throw TestObject.Failure(description: "\(file.path) has no date")
    }
    return date
  }

  private static let copies = Mutex<[String]>([])

  private static func removeAtExit(_ path: String) {
    let isFirst = copies.withLock { copies in
      copies.append(path)
      return copies.count == 1
    }
    if isFirst { atexit { for path in TestProgram.copies.withLock({ $0 }) { unlink(path) } } }
  }
}
