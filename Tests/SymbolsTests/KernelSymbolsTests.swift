import LinuxSystem
import Symbols
import Testing

@Suite struct KernelSymbolsTests {
  @Test func readsTheRunningKernel() throws {
    let symbols = KernelSymbols()
    let table = try symbols.table()
    #expect(table.count > 10_000)
    // What an unprivileged reader gets is the names with all addresses zero.
    guard !table.hidesAddresses else {
      #expect(symbols.address(of: "_stext") == nil)
      return
    }
    let start = try #require(symbols.address(of: "schedule"))
    #expect(symbols.location(of: start + 1)?.name == "schedule")
    #expect(symbols.location(of: start + 1)?.offset == 1)
    #expect(symbols.address(of: "no_such_function_in_any_kernel") == nil)
  }

  @Test func saysWhyThereIsNothingToRead() {
    let symbols = KernelSymbols(path: "/proc/self/nothing")
    #expect(
      throws: SystemCallError(call: "openat", subject: "/proc/self/nothing", errno: .noSuchFileOrDirectory)
    ) { try symbols.table() }
    #expect(symbols.location(of: 1) == nil)
    #expect(symbols.address(of: "x") == nil)
  }
}
