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
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard words.count > 1, let name = name(words[1], fitting: pattern),
        let address = UInt64(String(decoding: words[0], as: UTF8.self), radix: 16), address != 0
      else { continue }
      names.append(name)
      addresses.append(address)
    }
    return names.isEmpty ? nil : TraceableFunctions(functions: .addresses(addresses), names: names)
  }

  /// Lines `NAME` and `NAME [MODULE]`; nil when none fits.
  static func named(_ text: [UInt8], _ pattern: NamePattern) -> TraceableFunctions? {
    var counts: [String: Int] = [:]
    for line in text.split(separator: UInt8(ascii: "\n")) {
      guard let word = line.split(separator: UInt8(ascii: " "), maxSplits: 1).first,
        let name = name(word, fitting: pattern)
      else { continue }
      counts[name, default: 0] += 1
    }
    let names = counts.filter { $0.value == 1 }.keys.sorted()
    return names.isEmpty ? nil : TraceableFunctions(functions: .symbols(names), names: names)
  }

  /// Functions that went with a module's start-up code leave a placeholder behind.
  private static func name(_ bytes: ArraySlice<UInt8>, fitting pattern: NamePattern) -> String? {
    let word = bytes.prefix { $0 != UInt8(ascii: "\t") }
    guard !word.starts(with: "__ftrace_invalid_address___".utf8),
      word.withUnsafeBytes({ pattern.matches($0) })
    else { return nil }
    return String(decoding: word, as: UTF8.self)
  }

  /// Names of functions that may have been meant.
  static func nearest(to name: String) -> [String] {
    guard let table = try? KernelSymbols().table() else { return [] }
    var names: [String] = []
    table.forEachFunction { bytes, _ in names.append(String(decoding: bytes, as: UTF8.self)) }
    return NearestNames.nearest(to: name, among: names)
  }
}
