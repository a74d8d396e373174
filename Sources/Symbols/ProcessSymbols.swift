import ELF
import LinuxSystem
import Synchronization

/// The functions of running processes, found by address.
///
/// What was read of a file is kept and shared by all processes that map it, whatever path or container they see it
/// through; a second process costs the reading of its map. What was read of a process stays usable after it is gone,
/// so ``remember(_:)`` it while it lives: `/proc/PID` goes at the moment of its death.
///
///     let symbols = ProcessSymbols()
///     symbols.symbol(at: 0x7f89bb2f0010, in: 4711)   // getenv+16 in /usr/lib/x86_64-linux-gnu/libc.so.6
///
/// Remembering only opens the files; they are read when the first address in them is asked for. Where code belongs to
/// no file, what a just-in-time compiler told in `/tmp/perf-PID.map` counts.
///
/// Reads `/proc/PID/maps`, then each file through `/proc/PID/map_files`, where deleted ones can still be had, or
/// through `/proc/PID/root`.
public final class ProcessSymbols: Sendable {
  /// What is known of a file.
  private enum KnownFile {
    /// It is open, and can be read even if the process is gone.
    case open(OpenFile, path: String, process: Int32)
    case read(ObjectSymbols)
  }

  private struct State {
    var processes: [Int32: ProcessMap] = [:]
    var files: [OpenFile.Identity: KnownFile] = [:]
    var openFileCount = 0
    var objectsByBuildID: [BuildID: ObjectSymbols] = [:]
    var demangledNames: [String: String] = [:]
  }

  /// How many files to keep open; further ones are read at once.
  private static let mostOpenFiles = 128

  private let debugFiles: DebugFileSearch
  private let demanglesNames: Bool
  private let state = Mutex(State())

  /// Symbols that are also looked for in debug files.
  ///
  /// - Parameter demanglesNames: whether C++, Rust and Swift functions get the names that their authors gave them.
  public init(debugFiles: DebugFileSearch = DebugFileSearch(), demanglesNames: Bool = true) {
    self.debugFiles = debugFiles
    self.demanglesNames = demanglesNames
  }

  /// The function in which an address of a process lies; nil when none is known there.
  public func symbol(at address: UInt64, in process: Int32) -> UserSymbol? {
    state.withLock { state in
      guard let index = index(of: address, in: process, &state),
        let mapping = state.processes[process]?.entries[index].mapping
      else { return nil }
      let location: FunctionIndex.Location?
      switch object(index, of: process, &state) {
      case .nothing: location = nil
      case .generated: location = generatedLocation(of: address, in: process, &state)
      case .own(let object): location = Self.location(of: address, in: object, mapping)
      case .file(let identity): location = Self.location(of: address, in: read(identity, &state), mapping)
      }
      guard let location else { return nil }
      let name = demanglesNames ? demangledName(location.name, &state) : location.name
      return UserSymbol(name: name, offset: location.offset, modulePath: mapping.path)
    }
  }

  private func demangledName(_ name: String, _ state: inout State) -> String {
    if let known = state.demangledNames[name] { return known }
    guard let demangled = Demangler.demangle(name) else { return name }
    state.demangledNames[name] = demangled
    return demangled
  }

  /// The file, or the name in brackets, that is mapped at an address of a process; nil when none is.
  public func modulePath(at address: UInt64, in process: Int32) -> String? {
    state.withLock { state in
      guard let index = index(of: address, in: process, &state) else { return nil }
      guard let path = state.processes[process]?.entries[index].mapping.path, !path.isEmpty else { return nil }
      return path
    }
  }

  /// Reads what the process has mapped now, and opens its files.
  ///
  /// - Returns: false when the process is gone or may not be looked at.
  @discardableResult
  public func remember(_ process: Int32) -> Bool {
    state.withLock { state in
      guard state.processes[process, default: ProcessMap()].read(process) else { return false }
      for index in state.processes[process]?.entries.indices ?? 0..<0 { _ = object(index, of: process, &state) }
      if let code = GeneratedCode.functions(of: process) { state.processes[process]?.generatedCode = code }
      return true
    }
  }

  /// Takes what a process had mapped from somebody who saw it, for a process that may be gone.
  ///
  /// Its files are opened when an address in them is asked for, by their paths as this process sees them.
  public func remember(_ process: Int32, mappings: [MemoryMapping]) {
    state.withLock { state in
      var map = ProcessMap()
      map.set(mappings)
      state.processes[process] = map
    }
  }

  /// Drops what is known of a process, because it has ended or started another program; its files stay known.
  public func forget(_ process: Int32) {
    state.withLock { $0.processes[process] = nil }
  }

  // MARK: Mappings

  /// The entry of the process's map in which an address lies.
  private func index(of address: UInt64, in process: Int32, _ state: inout State) -> Int? {
    if state.processes[process] == nil {
      guard state.processes[process, default: ProcessMap()].read(process) else { return nil }
    }
    if let index = state.processes[process]?.index(of: address) { return index }
    guard state.processes[process]?.isWorthReadingAgain() == true, state.processes[process]?.read(process) == true
    else { return nil }
    return state.processes[process]?.index(of: address)
  }

  private func generatedLocation(
    of address: UInt64, in process: Int32, _ state: inout State
  ) -> FunctionIndex.Location? {
    if let location = state.processes[process]?.generatedCode?.location(of: address) { return location }
    guard state.processes[process]?.isWorthReadingAgain() == true, let code = GeneratedCode.functions(of: process)
    else { return nil }
    state.processes[process]?.generatedCode = code
    return code.location(of: address)
  }

  private static func location(
    of address: UInt64, in object: ObjectSymbols, _ mapping: MemoryMapping
  ) -> FunctionIndex.Location? {
    let distance = address - mapping.addresses.lowerBound
    let (offset, overflow) = mapping.fileOffset.addingReportingOverflow(distance)
    return overflow ? nil : object.location(ofFileOffset: offset)
  }

  // MARK: Objects

  private func object(_ index: Int, of process: Int32, _ state: inout State) -> ProcessMap.MappedObject {
    guard let entry = state.processes[process]?.entries[index] else { return .nothing }
    if let known = entry.object { return known }
    let object = findObject(for: entry.mapping, of: process, &state)
    state.processes[process]?.entries[index].object = object
    return object
  }

  private func findObject(
    for mapping: MemoryMapping, of process: Int32, _ state: inout State
  ) -> ProcessMap.MappedObject {
    if mapping.path == "[vdso]" {
      guard let memory = try? OpenFile(memoryOf: process, at: mapping.addresses), let file = try? ELFFile(memory) else {
        return .nothing
      }
      return .own(share(file, &state) { nil })
    }
    guard mapping.isFile else { return mapping.path.hasPrefix("[v") ? .nothing : .generated }
    guard let file = open(mapping, of: process) else { return .nothing }
    if state.files[file.identity] == nil {
      state.files[file.identity] = .open(file, path: mapping.path, process: process)
      state.openFileCount += 1
      if state.openFileCount > Self.mostOpenFiles { _ = read(file.identity, &state) }
    }
    return .file(file.identity)
  }

  /// The symbols of a file that was opened.
  private func read(_ identity: OpenFile.Identity, _ state: inout State) -> ObjectSymbols {
    switch state.files[identity] {
    case .read(let object)?: return object
    case nil: return .none
    case .open(let opened, let path, let process)?:
      var object = ObjectSymbols.none
      if let file = try? ELFFile(opened) {
        object = share(file, &state) {
          guard file.section(ofType: .symbolTable) == nil else { return nil }
          return debugFiles.debugFile(of: file, at: path, roots: ["/proc/\(process)/root", ""])
        }
      }
      state.files[identity] = .read(object)
      state.openFileCount -= 1
      return object
    }
  }

  /// The symbols of a file, which a copy of it with the same build id may have brought already.
  private func share(_ file: ELFFile, _ state: inout State, debugFile: () -> ELFFile?) -> ObjectSymbols {
    if let id = file.buildID, let known = state.objectsByBuildID[id] { return known }
    let object = ObjectSymbols(file, debugFile: debugFile())
    if let id = object.buildID { state.objectsByBuildID[id] = object }
    return object
  }

  /// Opens the file behind a mapping, by the most exact way that is allowed.
  ///
  /// `map_files` needs CAP_SYS_ADMIN, or CAP_CHECKPOINT_RESTORE from kernel 5.9. A path can name another file by now,
  /// so what it gives is taken only if the inode's number is right. (Its device need not be: overlayfs and btrfs show
  /// another one in the map than by `stat`.)
  private func open(_ mapping: MemoryMapping, of process: Int32) -> OpenFile? {
    let start = String(mapping.addresses.lowerBound, radix: 16)
    let end = String(mapping.addresses.upperBound, radix: 16)
    if let file = try? OpenFile("/proc/\(process)/map_files/\(start)-\(end)") { return file }
    guard !mapping.isDeleted else { return nil }
    for root in ["/proc/\(process)/root", ""] {
      if let file = try? OpenFile(root + mapping.path), file.identity.inode == mapping.inode { return file }
    }
    return nil
  }
}
