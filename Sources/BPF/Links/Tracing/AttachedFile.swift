internal import BTF
internal import Diagnostics
internal import ELF
internal import LinuxSystem
internal import Symbols

/// A program or library as programs attach to it.
struct AttachedFile {
  let functions: FileFunctions

  /// Opens a program or library by path.
  init(_ path: String) throws(BPFError) {
    do throws(FileFunctions.Failure) {
      functions = try FileFunctions(path: path)
    } catch {
      switch error {
      case .unreadable(let call): throw .systemCall(call)
      case .badFile(let problem): throw .attach(.badBinary(path: path, problem))
      }
    }
  }

  /// Where the program or library is that a word means.
  static func path(of name: String, process: Int32?) throws(BPFError) -> String {
    do throws(BinaryFinder.Failure) {
      guard let path = try BinaryFinder(process: process).find(name).first else {
        throw BinaryFinder.Failure.noSuchBinary(name, tried: [])
      }
      return path
    } catch {
      switch error {
      case .noSuchBinary(let name, let tried): throw .attach(.noSuchBinary(name, tried: tried))
      case .unreadable(_, let call): throw .systemCall(call)
      }
    }
  }

  /// Where in the file a function starts.
  func offset(of name: String, plus distance: UInt64) throws(BPFError) -> UInt64 {
    let found = functions.functions(named: name)
    guard let first = found.first else {
      throw .attach(
        .noSuchSymbol(
          name, path: functions.path, nearest: NearestNames.nearest(to: name, among: functions.names())))
    }
    guard found.allSatisfy({ $0.fileOffset == first.fileOffset }) else {
      throw .attach(
        .ambiguousSymbol(
          name, path: functions.path,
          versions: found.map { $0.version?.name ?? "0x\(String($0.fileOffset, radix: 16))" }))
    }
    let (offset, overflow) = first.fileOffset.addingReportingOverflow(distance)
    guard !overflow, first.size == 0 || distance < first.size else {
      throw .attach(.notInFile(path: functions.path, address: first.address &+ distance))
    }
    return offset
  }

  /// The functions that fit a pattern; those that choose another one at load time are left out.
  func functions(matching pattern: String) throws(BPFError) -> [FileFunction] {
    let found = functions.functions(matching: NamePattern(pattern))
    guard !found.isEmpty else { throw .attach(.noMatchingSymbol(pattern: pattern, path: functions.path)) }
    return found
  }
}
