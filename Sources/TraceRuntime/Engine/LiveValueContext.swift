import KernelInterface
import LinuxSystem
import Symbols

/// Answers about values from the running system.
///
/// Names of user code are looked up late but remembered early. What a process has mapped is read when a record first
/// names it, because `/proc` shows it no longer than the process lives; and it is taken from the kernel's records of
/// mappings when the process has begun since the run did.
final class LiveValueContext: ValueContext {
  private let probeNames: [String]
  private let kernelSymbols: KernelSymbols
  private let processSymbols: ProcessSymbols
  /// Reads frames from the script's stack map.
  private let readFrames: (UInt64, Int) -> [UInt64]?
  /// Nanoseconds from the boot clock to the wall clock, taken once so that equal moments print alike.
  private let bootOffset = SystemClock.boot.offsetToRealtime
  private var rememberedProcesses: Set<UInt32> = []
  private var history: ProcessHistory?
  /// How many mappings were known of a process when it was made known from the records.
  private var recalledMappings: [UInt32: Int] = [:]
  private var files = ProcessFiles()
  private var users: UserDatabase?
  private var cgroups: CgroupPaths?

  init(
    probeNames: [String], kernelSymbols: KernelSymbols, processSymbols: ProcessSymbols,
    readFrames: @escaping (UInt64, Int) -> [UInt64]?
  ) {
    self.probeNames = probeNames
    self.kernelSymbols = kernelSymbols
    self.processSymbols = processSymbols
    self.readFrames = readFrames
  }

  /// Records from now on what processes map.
  func follow(_ records: ProcessRecords) { history = ProcessHistory(records) }

  /// Takes up what processes have mapped since the last time.
  func updateHistory() { history?.update() }

  /// Reads a process's mappings if they were not read before.
  func remember(process: UInt32) {
    guard process != 0, rememberedProcesses.insert(process).inserted, let id = Int32(exactly: process) else { return }
    processSymbols.remember(id)
  }

  /// Makes known what the records tell of a process; true when there was something new.
  private func recall(_ process: UInt32) -> Bool {
    guard let id = Int32(exactly: process), history != nil else { return false }
    history?.update()
    guard let mappings = history?.mappings(of: process), recalledMappings[process] != mappings.count else {
      return false
    }
    recalledMappings[process] = mappings.count
    processSymbols.remember(id, mappings: mappings)
    return true
  }

  func frames(ofStack hash: UInt64, count: Int) -> [UInt64]? { readFrames(hash, count) }

  func kernelSymbol(at address: UInt64) -> SymbolicAddress {
    guard let location = kernelSymbols.location(of: address) else { return SymbolicAddress(address: address) }
    return SymbolicAddress(
      address: address, name: location.name, offset: location.offset, module: location.module)
  }

  func userSymbol(at address: UInt64, inProcess process: UInt32) -> SymbolicAddress {
    guard let id = Int32(exactly: process) else { return SymbolicAddress(address: address) }
    if recalledMappings[process] == nil, !recall(process) { remember(process: process) }
    var symbol = processSymbols.symbol(at: address, in: id)
    // What was mapped since the process was last looked at may make the difference.
    if symbol == nil, recall(process) { symbol = processSymbols.symbol(at: address, in: id) }
    if let symbol {
      return SymbolicAddress(address: address, name: symbol.name, offset: symbol.offset, module: symbol.modulePath)
    }
    return SymbolicAddress(address: address, module: processSymbols.modulePath(at: address, in: id))
  }

  func fileAddress(at address: UInt64, inProcess process: UInt32) -> FileAddress? {
    Int32(exactly: process).flatMap { files.fileAddress(at: address, in: $0) }
  }

  func userName(of id: UInt32) -> String? {
    if users == nil { users = (try? UserDatabase()) ?? UserDatabase(passwd: []) }
    return users?.name(of: id)
  }

  func probeName(at index: UInt64) -> String? {
    Int(exactly: index).flatMap { probeNames.indices.contains($0) ? probeNames[$0] : nil }
  }

  func cgroupPath(of id: UInt64) -> String? {
    if let path = cgroups?.path(of: id) { return path }
    // A group may have been made since the last walk.
    guard let mounts = try? FileSystem.text(of: "/proc/self/mountinfo"), let root = CgroupPaths.root(mountInfo: mounts)
    else { return nil }
    let current = CgroupPaths(root: root)
    cgroups = current
    return current.path(of: id)
  }

  func wallClock(atBootTime nanoseconds: UInt64) -> Int64 { Int64(clamping: nanoseconds) &+ bootOffset }

  func currentTime() -> Int64 { SystemClock.realtime.nanoseconds }

  func timeText(at nanoseconds: Int64, format: String) -> String {
    LocalTime(nanoseconds: nanoseconds)?.formatted(format) ?? "?"
  }
}
