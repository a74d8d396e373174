import LinuxSystem
import Testing

/// The whole command against the cases of `Tests/Commands`.
@Suite struct CommandTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Commands"

  private static func cases(in folder: String) throws -> [CommandCase] {
    try FileSystem.entries(of: folder).map(\.name).filter { $0.hasSuffix(".test") }.sorted()
      .flatMap { try CommandCase.read(FileSystem.text(of: "\(folder)/\($0)"), file: $0) }
  }

  @Test(arguments: try cases(in: folder))
  func theCommandSaysWhatItShould(_ test: CommandCase) throws { try check(test) }

  @Test(.enabled(if: Environment.value(of: "SWIFT_BPF_VM") != nil), arguments: try cases(in: folder + "/vm"))
  func theCommandSaysWhatItShouldOnAnotherKernel(_ test: CommandCase) throws { try check(test) }

  /// What this kernel can do, as the command tells it.
  private static let abilities: String = {
    let report = try? ShellCommand("'\(CommandRun.products)/bpf' trace --info").output()
    return String(decoding: report ?? [], as: UTF8.self)
  }()

  private func check(_ test: CommandCase) throws {
    if let need = test.need, !Self.abilities.contains("\(need): yes") { try Test.cancel("this kernel has no \(need)") }
    let run = try CommandRun(test, commands: Self.folder)
    #expect(run.status == test.status)
    #expect(
      try CommandCase.Line.match(test.output[...], run.output[...]),
      "standard output was:\n\(run.output.joined(separator: "\n"))")
    #expect(
      try CommandCase.Line.match(test.errors[...], run.errors[...]),
      "standard error was:\n\(run.errors.joined(separator: "\n"))")
  }
}
