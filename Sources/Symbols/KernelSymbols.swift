public import LinuxSystem
import Synchronization

/// The running kernel's symbols, read from /proc/kallsyms when the first one is asked for.
///
/// Reading takes some 50 ms, so ask late: after attaching, when BPF programs have their symbols too.
public final class KernelSymbols: Sendable {
  private struct State {
    var table: KernelSymbolTable?
    var error: SystemCallError?
    /// Addresses by name, made when the first name is asked for.
    var addresses: [String: UInt64]?
  }

  private let path: String
  private let state = Mutex(State())

  /// The symbols in a file of the form of kallsyms.
  public init(path: String = "/proc/kallsyms") { self.path = path }

  /// All symbols.
  ///
  /// - Throws: the system call that failed; a failed read is not tried again.
  public func table() throws(SystemCallError) -> KernelSymbolTable {
    try state.withLock { state throws(SystemCallError) in try load(&state) }
  }

  /// The symbol in which an address lies; nil when none is known or when kallsyms cannot be read or hides addresses.
  public func location(of address: UInt64) -> KernelSymbolTable.Location? {
    (try? table())?.location(of: address)
  }

  /// The address of the first symbol of that name; nil when none is known or addresses are hidden.
  ///
  /// - Complexity: O(*n*) in the number of symbols.
  public func address(of name: String) -> UInt64? {
    guard let table = try? table(), !table.hidesAddresses else { return nil }
    return table.symbols(named: name).first?.address
  }

  /// Forgets what was read, because modules or programs have come or gone.
  public func reload() {
    state.withLock { $0 = State() }
  }

  private func load(_ state: inout State) throws(SystemCallError) -> KernelSymbolTable {
    if let table = state.table { return table }
    if let error = state.error { throw error }
    do {
      let text = try FileSystem.contents(of: path)
      let table = text.withUnsafeBytes { KernelSymbolTable(parsing: $0) }
      state.table = table
      return table
    } catch {
      state.error = error
      throw error
    }
  }
}
