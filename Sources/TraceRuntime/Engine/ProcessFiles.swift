import ELF
import LinuxSystem
import Symbols

/// The places in files that the code of processes comes from, for stacks that are shown by build id.
///
/// A process's mappings are read when it is first asked about and kept from then on.
struct ProcessFiles {
  private var mappings: [Int32: [MemoryMapping]] = [:]
  /// Build ids by the path that the file was read through; nil for files without one.
  private var buildIDs: [String: [UInt8]?] = [:]

  /// Reads a process's mappings.
  mutating func remember(_ process: Int32) {
    guard let text = try? FileSystem.text(of: "/proc/\(process)/maps"), !text.isEmpty else { return }
    mappings[process] = MemoryMapping.parse(text).filter(\.isExecutable)
  }

  /// The place in its file of an address; nil where no file with a build id is mapped.
  mutating func fileAddress(at address: UInt64, in process: Int32) -> FileAddress? {
    if mappings[process] == nil { remember(process) }
    guard let mapping = mappings[process]?.first(where: { $0.addresses.contains(address) }), mapping.isFile else {
      return nil
    }
    guard let buildID = buildID(of: "/proc/\(process)/root\(mapping.path)") ?? buildID(of: mapping.path) else {
      return nil
    }
    return FileAddress(buildID: buildID, offset: mapping.fileOffset &+ (address &- mapping.addresses.lowerBound))
  }

  private mutating func buildID(of path: String) -> [UInt8]? {
    if let known = buildIDs[path] { return known }
    let found = (try? OpenFile(path)).flatMap { try? ELFFile($0) }?.buildID.map { Array($0.bytes) }
    buildIDs[path] = found
    return found
  }
}
