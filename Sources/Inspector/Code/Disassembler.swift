internal import LinuxSystem

/// The helper program that turns machine code into text: `bpf-disassemble`, which is there where Capstone is.
///
/// It is looked for beside this program and along PATH. Its folder in the package says how it is called.
public struct Disassembler: Sendable {
  /// An instruction of the machine.
  public struct Instruction: Hashable, Sendable {
    /// Its place, from the beginning of the function.
    public var offset: Int
    /// Its bytes.
    public var size: Int
    /// What it does.
    public var operation: String
    /// With what; "" for nothing.
    public var operands: String
  }

  /// The program's name.
  public static let name = "bpf-disassemble"

  private let path: String

  /// The helper at a path.
  public init(path: String) { self.path = path }

  /// Looks for the helper.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` that says how to get it.
  public init() throws(InspectorError) {
    let folder = (try? FileSystem.target(ofLink: "/proc/self/exe"))?.split(separator: "/").dropLast()
    let beside = folder.map { "/\($0.joined(separator: "/"))/\(Self.name)" }
    for candidate in [beside, Self.name].compactMap({ $0 }) {
      if let found = try? ExecutableSearch.locate(candidate) {
        path = found
        return
      }
    }
    throw .failed(
      "machine code is shown by the helper \(Self.name), which is neither beside this program nor in PATH: "
        + "install Capstone (libcapstone-dev) and build it with Scripts/build-disassembler; "
        + "'file FILE' writes the bytes for another disassembler")
  }

  /// The instructions of a function.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` when the helper fails or answers something else.
  public func instructions(of code: [UInt8]) throws(InspectorError) -> [Instruction] {
    let answer = try InspectorError.wrap { () throws(SystemCallError) in
      try CommandRun([path, Self.architecture], input: code).outcome()
    }
    guard answer.isSuccess, let instructions = Self.parse(answer.output, size: code.count) else {
      throw .failed("\(path) could not take the machine code apart: it \(answer.ending)")
    }
    return instructions
  }

  /// Lines of place, bytes, operation and operands with tabs between them; nil for anything else.
  static func parse(_ output: [UInt8], size: Int) -> [Instruction]? {
    var instructions: [Instruction] = []
    var place = 0
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 3, let offset = Int(fields[0]), let count = Int(fields[1]), offset == place, count > 0,
        count <= size - offset
      else { return nil }
      instructions.append(
        Instruction(
          offset: offset, size: count, operation: String(fields[2]),
          operands: fields.dropFirst(3).joined(separator: " ")))
      place += count
    }
    return instructions
  }

  private static var architecture: String {
    #if arch(arm64)
      "arm64"
    #else
      "x86_64"
    #endif
  }
}
