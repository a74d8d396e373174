import Foundation
import Glibc
import LinuxSystem
import Testing

@testable import InspectorCommand

/// A call of the inspector that goes on until it is told to end, in a process of its own: this program once more, in
/// which only the call is made.
final class InspectionProcess {
  /// The words of the call, in the environment of the process.
  static let variable = "SWIFT_BPF_TEST_INSPECTION"
  private static let begin = "\u{2}"

  private let process = Process()
  private let output: Int32
  private let errors = Pipe()
  private var said: [Int32: String] = [:]

  /// Begins the call; its input and output are the terminal, if one is given.
  init(_ words: [String], on terminal: PseudoTerminal? = nil) throws {
    process.executableURL = URL(filePath: try FileSystem.target(ofLink: "/proc/self/exe"))
    process.arguments = ["--testing-library", "swift-testing", "--filter", "InspectionProcessTests/makesTheCall"]
    process.environment = ProcessInfo.processInfo.environment
      .merging([Self.variable: words.joined(separator: "\u{1f}")]) { $1 }
    process.standardError = errors
    if let terminal {
      process.standardInput = terminal.end
      process.standardOutput = terminal.end
      output = terminal.main
      try process.run()
    } else {
      let pipe = Pipe()
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = pipe
      output = dup(pipe.fileHandleForReading.fileDescriptor)
      try process.run()
    }
    // What comes with the mark belongs to the call.
    said[output] = try read(until: Self.begin).components(separatedBy: Self.begin).last
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Its number.
  var id: Int32 { process.processIdentifier }

  /// What it has written since `text` was last waited for, when that has come.
  func read(until text: String) throws -> String { try read(output) { $0.contains(text) } }

  /// The same of what it says on its error stream.
  func readErrors(until text: String) throws -> String {
    try read(errors.fileHandleForReading.fileDescriptor) { $0.contains(text) }
  }

  /// What it has written when `isEnough` says so; the next call begins anew.
  func read(where isEnough: (String) -> Bool) throws -> String { try read(output, isEnough) }

  private func read(_ descriptor: Int32, _ isEnough: (String) -> Bool) throws -> String {
    let end = Date(timeIntervalSinceNow: 60)
    while !isEnough(said[descriptor] ?? "") {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      var room = [UInt8](repeating: 0, count: 4096)
      let count = poll(&ready, 1, 1000) > 0 ? Glibc.read(descriptor, &room, room.count) : -2
      try #require(count != 0 && count != -1 && Date() < end, "it ended with: \(said[descriptor] ?? "")")
      if count > 0 { said[descriptor, default: ""] += String(decoding: room.prefix(count), as: UTF8.self) }
    }
    defer { said[descriptor] = "" }
    return said[descriptor] ?? ""
  }

  /// Sends SIGINT and answers the rest of the output and how the process ended.
  func interrupt() throws -> (output: String, status: Int32) {
    kill(process.processIdentifier, SIGINT)
    var text = said[output] ?? ""
    var room = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(output, &room, room.count)
      if count <= 0 { break }
      text += String(decoding: room.prefix(count), as: UTF8.self)
    }
    return (text, wait())
  }

  /// How the process ended.
  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }
}

/// A terminal of the test's own.
struct PseudoTerminal {
  /// What a person has: keys go in, letters come out.
  let main: Int32
  /// What a program has.
  let end: FileHandle

  init() throws {
    main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(main >= 0)
    // TIOCSPTLCK unlocks the other end, TIOCGPTN tells its number.
    var (lock, index): (CInt, CInt) = (0, 0)
    try #require(ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &index) == 0)
    let path = "/dev/pts/\(index)"
    let number = open(path, O_RDWR | O_NOCTTY)
    try #require(number >= 0)
    end = FileHandle(fileDescriptor: number, closeOnDealloc: true)
  }

  /// Presses keys.
  func press(_ keys: String) { _ = keys.withCString { write(main, $0, strlen($0)) } }

  /// Whether lines are edited and echoed, as a shell expects.
  var isAsBefore: Bool {
    var mode = termios()
    return tcgetattr(end.fileDescriptor, &mode) == 0
      && mode.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO)
  }
}

/// The thread that makes the call.
nonisolated(unsafe) private var caller = pthread_self()

@Suite struct InspectionProcessTests {
  @Test(.enabled(if: Environment.value(of: InspectionProcess.variable) != nil, "is run by other tests"))
  func makesTheCall() throws {
    let words = try #require(Environment.value(of: InspectionProcess.variable))
    // The first thread waits with all signals open; this one reads them from a descriptor.
    caller = pthread_self()
    signal(SIGINT) { _ in pthread_kill(caller, SIGINT) }
    FileHandle.standardOutput.write(Data("\u{2}".utf8))
    exit(Int32(InspectorInvocation(words.components(separatedBy: "\u{1f}"), calledAs: .bpf).run()))
  }
}
