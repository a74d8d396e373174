internal import BTF
internal import Diagnostics
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

/// The kernel's functions that one link can attach a program to, by pattern.
///
/// Where the kernel lists them with addresses (`available_filter_functions_addrs`, Linux 6.5), those are given; else
/// names (`available_filter_functions`), without those that several functions share.
struct TraceableFunctions {
  /// What fits a pattern.
  let functions: KernelInterface.KprobeMulti.Functions
  /// Their names, in the same order.
  let names: [String]

  /// Looks through the lists of the running kernel.
  init(matching pattern: String, _ kernel: any KernelCalls) throws(BPFError) {
    let pattern = NamePattern(pattern)
    if let tracing = try? TraceFS(kernel) {
      if let text = try? tracing.contents(of: "available_filter_functions_addrs"),
        let found = Self.withAddresses(text, pattern)
      {
        self = found
        return
      }
      if let text = try? tracing.contents(of: "available_filter_functions"), let found = Self.named(text, pattern) {
        self = found
        return
      }
    }
    throw .attach(
      .noMatchingKernelFunction(pattern: pattern.description, searched: "tracefs available_filter_functions"))
  }

  private init(functions: KernelInterface.KprobeMulti.Functions, names: [String]) {
    self.functions = functions
    self.names = names
  }

  /// The same functions by the addresses of their symbols.
  ///
  /// The list has the places of the tracer's calls, which lie behind the instruction that indirect branches must land
  /// on (`endbr64`). The kernel attaches there, but looks a cookie up by the symbol's address and finds none
  /// (`bpf_kprobe_multi_cookie` in `kernel/trace/bpf_trace.c`).
  func atSymbols(_ location: (UInt64) -> UInt64?) -> TraceableFunctions {
    guard case .addresses(let addresses) = functions else { return self }
    return TraceableFunctions(
      functions: .addresses(addresses.map { address in address &- (location(address) ?? 0) }), names: names)
  }

  /// Lines `ADDRESS NAME` and `ADDRESS NAME [MODULE]`; nil when none fits, or addresses are hidden.
  static func withAddresses(_ text: [UInt8], _ pattern: NamePattern) -> TraceableFunctions? {
    var names: [String] = []
    var addresses: [UInt64] = []
    forEachName(in: text, behind: 1) { line, start, name in
      guard isFunction(name, fitting: pattern),
        let address = UInt64(String(decoding: line[..<(start - 1)], as: UTF8.self), radix: 16), address != 0
      else { return }
      names.append(String(decoding: name, as: UTF8.self))
      addresses.append(address)
    }
    return names.isEmpty ? nil : TraceableFunctions(functions: .addresses(addresses), names: names)
  }

  /// Lines `NAME` and `NAME [MODULE]`; nil when none fits.
  static func named(_ text: [UInt8], _ pattern: NamePattern) -> TraceableFunctions? {
    var counts: [String: Int] = [:]
    forEachName(in: text, behind: 0) { _, _, name in
      if isFunction(name, fitting: pattern) { counts[String(decoding: name, as: UTF8.self), default: 0] += 1 }
    }
    let names = counts.filter { $0.value == 1 }.keys.sorted()
    return names.isEmpty ? nil : TraceableFunctions(functions: .symbols(names), names: names)
  }

  /// Calls `body` with each line, the name's place in it, and the name, which ends with a blank, a tab or the line.
  ///
  /// A kernel has some sixty thousand of them: nothing is copied.
  private static func forEachName(
    in text: [UInt8], behind blanks: Int,
    _ body: (_ line: UnsafeRawBufferPointer, _ start: Int, _ name: UnsafeRawBufferPointer) -> Void
  ) {
    text.withUnsafeBytes { text in
      var index = 0
      while index < text.count {
        let lineStart = index
        var start = index
        var end: Int?
        var blanksSeen = 0
        while index < text.count, text[index] != UInt8(ascii: "\n") {
          if text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t") {
            blanksSeen += 1
            if blanksSeen == blanks { start = index + 1 } else if end == nil { end = index }
          }
          index += 1
        }
        if blanksSeen >= blanks, (end ?? index) > start {
          let line = UnsafeRawBufferPointer(rebasing: text[lineStart..<index])
          body(line, start - lineStart, UnsafeRawBufferPointer(rebasing: text[start..<(end ?? index)]))
        }
        index += 1
      }
    }
  }

  /// Functions that went with a module's start-up code leave a placeholder behind.
  private static func isFunction(_ name: UnsafeRawBufferPointer, fitting pattern: NamePattern) -> Bool {
    pattern.matches(name) && !name.starts(with: "__ftrace_invalid_address___".utf8)
  }

  /// Names of functions that may have been meant.
  static func nearest(to name: String) -> [String] {
    guard let table = try? KernelSymbols().table() else { return [] }
    var names: [String] = []
    table.forEachFunction { bytes, _ in names.append(String(decoding: bytes, as: UTF8.self)) }
    return NearestNames.nearest(to: name, among: names)
  }
}
