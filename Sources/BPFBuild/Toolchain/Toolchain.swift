internal import Diagnostics
public import LinuxSystem

/// The Swift toolchain that compiles kernel programs: its Swift compiler, and the clang that comes with it.
public struct Toolchain: Hashable, Sendable {
  /// The folder of its programs, as `/usr/bin`.
  public var folder: String
  /// What the compiler says of itself, as `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  public var description: String

  /// Its version by numbers; nil when the description has none.
  public var version: ToolchainVersion? { ToolchainVersion(description: description) }

  /// The Swift compiler proper; the driver before it only costs time.
  var frontend: String { "\(folder)/swift-frontend" }
  var driver: String { "\(folder)/swiftc" }
  var clang: String { "\(folder)/clang" }
  var objcopy: String { "\(folder)/llvm-objcopy" }

  /// The toolchain of the `swiftc` along PATH, or of the one that the variable `SWIFT_EXEC` names.
  ///
  /// What a compiler says of itself is kept in the cache for as long as its file does not change.
  ///
  /// - Throws: ``ToolchainError`` when there is none, or it lacks something that kernel programs need.
  public static func find(cache: CacheFolder) throws(ToolchainError) -> Toolchain {
    let compiler: String
    do throws(SystemCallError) {
      let name = Environment.value(of: "SWIFT_EXEC").flatMap { $0.isEmpty ? nil : $0 }
      compiler = try ExecutableSearch.locate(name ?? "swiftc")
    } catch {
      throw .notFound(error)
    }
    let toolchain = try cached(compiler, cache)
    try toolchain.check()
    return toolchain
  }

  private static func cached(_ compiler: String, _ cache: CacheFolder) throws(ToolchainError) -> Toolchain {
    guard let status = try? FileStatus(of: compiler) else { return try ask(compiler) }
    let key = CacheKey([compiler, "\(status.inode)", "\(status.size)", "\(status.modified)"])
    let path = "toolchains/\(key)"
    if let lines = cache.contents(of: path)?.split(separator: UInt8(ascii: "\n")), lines.count == 2 {
      return Toolchain(
        folder: String(decoding: lines[0], as: UTF8.self), description: String(decoding: lines[1], as: UTF8.self))
    }
    let toolchain = try ask(compiler)
    // A cache that cannot be written to costs time and nothing else.
    try? cache.write(Array("\(toolchain.folder)\n\(toolchain.description)\n".utf8), to: path)
    return toolchain
  }

  /// Asks the compiler, which may be a stand-in that picks one of several toolchains.
  private static func ask(_ compiler: String) throws(ToolchainError) -> Toolchain {
    let outcome: CommandRun.Outcome
    do throws(SystemCallError) {
      outcome = try CommandRun([compiler, "-print-target-info"]).outcome()
    } catch {
      throw .notFound(error)
    }
    let text = String(decoding: outcome.output, as: UTF8.self)
    guard outcome.isSuccess, let version = field("compilerVersion", of: text),
      let resources = field("runtimeResourcePath", of: text)
    else { throw .broken(compiler, "it does not answer -print-target-info") }
    // …/usr/lib/swift belongs to …/usr/bin
    let folder = resources.split(separator: "/").dropLast(2).joined(separator: "/")
    return Toolchain(folder: "/\(folder)/bin", description: version)
  }

  /// The text of a field of JSON whose value has no quotes inside.
  private static func field(_ name: String, of text: String) -> String? {
    guard let position = text.firstRange(ofText: "\"\(name)\"")?.lowerBound else { return nil }
    let parts = text[position...].split(separator: "\"", maxSplits: 4, omittingEmptySubsequences: true)
    return parts.count > 2 ? String(parts[2]) : nil
  }

  private func check() throws(ToolchainError) {
    for program in [frontend, clang, objcopy] {
      if (try? FileStatus(of: program)) == nil { throw .broken(folder, "it has no \(program)") }
    }
    let library = "\(folder)/../lib/swift/embedded/Swift.swiftmodule"
    if (try? FileStatus(of: library)) == nil {
      throw .broken(folder, "it has no standard library for Embedded Swift (\(library))")
    }
    if let version, version < ToolchainVersion.oldest { throw .tooOld(description) }
  }
}

/// The version of a Swift toolchain.
public struct ToolchainVersion: Hashable, Comparable, Sendable {
  /// The first number.
  public var major: Int
  /// The second number.
  public var minor: Int

  /// A version by its numbers.
  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// The first one whose compiler takes `@section`.
  static let oldest = ToolchainVersion(6, 3)
  /// The last one whose IR the rewriting is tested with.
  static let newest = ToolchainVersion(6, 3)

  /// Reads `… version 6.3.1 …`.
  public init?(description: String) {
    guard let position = description.firstRange(ofText: "version ")?.lowerBound else { return nil }
    let digits = description[position...].dropFirst("version ".count).split { !$0.isNumber }
    guard digits.count >= 2, let major = Int(digits[0]), let minor = Int(digits[1]) else { return nil }
    self.init(major, minor)
  }

  /// Whether one is older than the other.
  public static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}

/// Why there is no toolchain to compile with.
public enum ToolchainError: Error, Hashable, Sendable {
  /// There is no compiler, or it does not run.
  case notFound(SystemCallError)
  /// Something is missing from it.
  case broken(String, String)
  /// It is older than what kernel programs need.
  case tooOld(String)
}

extension ToolchainError: CustomStringConvertible {
  /// What a person reads.
  public var description: String {
    switch self {
    case .notFound(let error):
      "no Swift compiler: \(error); install the Swift toolchain, or name its swiftc in SWIFT_EXEC"
    case .broken(let folder, let reason): "the Swift toolchain in \(folder) cannot build kernel programs: \(reason)"
    case .tooOld(let description): "\(description) is too old for kernel programs; they need Swift 6.3 or newer"
    }
  }
}
