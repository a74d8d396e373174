internal import Diagnostics
public import ELF
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

/// A place where a USDT probe is compiled in, with where its arguments are there.
///
/// One probe can be at several places, each with its own. Placing a breakpoint at ``fileOffset`` with
/// ``semaphoreFileOffset`` as reference counter and reading the ``arguments`` is all there is to it:
/// ``Program/attach(toUSDT:of:in:process:cookie:maps:)`` does so for programs that use libbpf's `bpf/usdt.bpf.h`;
/// other front ends compile the arguments into their programs.
public struct USDTProbe: Hashable, Sendable {
  /// Who provides it, such as "libc".
  public let provider: String
  /// Its name, such as "setjmp".
  public let name: String
  /// The program or library.
  public let path: String
  /// Where the probe's instruction is in the file.
  public let fileOffset: UInt64
  /// The instruction's address as the file counts.
  public let address: UInt64
  /// Where in the file the counter is that turns the probe on; nil when it needs none.
  public let semaphoreFileOffset: UInt64?
  /// The arguments as the note has them.
  public let argumentText: String
  /// Where the arguments are.
  public let arguments: [USDTArgument]

  /// The places of a probe in a program or library, in the file's order.
  ///
  /// - Parameters:
  ///   - provider: nil for any.
  ///   - file: a path, a program's name along PATH, or a library's (`libc`).
  ///   - process: whose view of the files counts; nil for ours.
  /// - Throws: ``AttachError/noSuchUSDT(provider:name:path:nearest:)``,
  ///   ``AttachError/badUSDTArgument(probe:argument:reason:)``, ``AttachError/noSuchBinary(_:tried:)``.
  public static func places(
    of name: String, provider: String?, in file: String, process: Int32? = nil
  ) throws(BPFError) -> [USDTProbe] {
    let path = try AttachedFile.path(of: file, process: process)
    return try places(of: name, provider: provider, in: AttachedFile(path))
  }

  static func places(
    of name: String, provider: String?, in file: AttachedFile
  ) throws(BPFError) -> [USDTProbe] {
    let elf = file.functions.file
    let path = file.functions.path
    let notes = elf.usdtNotes()
    var places: [USDTProbe] = []
    for note in notes where note.name == name && (provider == nil || note.provider == provider) {
      guard let offset = note.fileOffset else {
        throw .attach(.notInFile(path: path, address: note.location))
      }
      if let semaphore = note.semaphore, note.semaphoreFileOffset == nil {
        throw .attach(.notInFile(path: path, address: semaphore))
      }
      let arguments: [USDTArgument]
      do throws(USDTArgument.Failure) {
        arguments = try USDTArgument.parse(note.arguments, for: elf.machine)
      } catch {
        throw .attach(
          .badUSDTArgument(
            probe: "\(note.provider):\(name)", argument: error.argument, reason: error.reason))
      }
      places.append(
        USDTProbe(
          provider: note.provider, name: name, path: path, fileOffset: offset, address: note.location,
          semaphoreFileOffset: note.semaphoreFileOffset, argumentText: note.arguments, arguments: arguments))
    }
    guard !places.isEmpty else {
      let names = Set(notes.map { "\($0.provider):\($0.name)" })
      throw .attach(
        .noSuchUSDT(
          provider: provider, name: name, path: path,
          nearest: NearestNames.nearest(to: provider.map { "\($0):\(name)" } ?? name, among: names.sorted())))
    }
    return places
  }
}
