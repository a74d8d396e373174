import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

/// Loading by rights that were delegated to a `bpf` file system of another user name space.
@Suite struct TokenTests {
  private static let inside = "SWIFT_BPF_INSIDE_A_USER_NAME_SPACE"
  private static let objects = ["counter", "load_counting", "load_maps"]

  /// The kernel refuses it to a process whose root was changed (`create_user_ns` in `kernel/user_namespace.c`).
  private static var canMakeUserNameSpace: Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["--user", "true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Runs the other test of this suite where nothing is permitted but what the token is for.
  @Test(
    .needs(.ability(.tokens)),
    .enabled(if: canMakeUserNameSpace, "no user name space can be made here, as in a changed root"))
  func anotherNameSpaceLoads() throws {
    for name in Self.objects { _ = try TestObject(name) }
    let process = Process()
    process.executableURL = URL(filePath: try TestProgram("delegate").path)
    process.arguments = [
      try FileSystem.target(ofLink: "/proc/self/exe"), "--testing-library", "swift-testing", "--filter",
      "TokenTests/loadsByAToken",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging([Self.inside: "1"]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said.suffix(3000))")
    #expect(said.contains("Test run with 1 test in 1 suite passed"), "\(said.suffix(3000))")
  }

  @Test(.enabled(if: Environment.value(of: inside) != nil, "is run by the other test of the suite"))
  func loadsByAToken() throws {
    let path = try #require(Environment.value(of: "LIBBPF_BPF_TOKEN_PATH"))
    for name in Self.objects {
      let spec = try ObjectSpec(path: TestObject(name).path)
      var options = LoadOptions()
      options.pinFolder = "\(path)/\(name)"
      // The environment names the file system.
      let object = try BPFObject(spec, options: options)
      #expect(object.programs.count == spec.programs.count(where: \.isLoaded))
      #expect(object.typesRefusal == nil)
      // So does an option.
      options.tokenPath = path
      options.pinFolder = "\(path)/\(name)-again"
      _ = try BPFObject(spec, options: options)
      options.tokenPath = "/proc"
      let error = #expect(throws: LoadError.self) { try BPFObject(spec, options: options) }
      guard case .token(let call)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(call.errno == .invalidArgument)
    }
    unsetenv("LIBBPF_BPF_TOKEN_PATH")
    let spec = try ObjectSpec(path: TestObject("load_counting").path)
    let error = #expect(throws: LoadError.self) { try BPFObject(spec) }
    guard case .map(_, .mapRefused(let refusal))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(refusal.error.errno == .notPermitted)
  }
}
