internal import LinuxSystem

extension Program {
  /// Attaches to where a section's name says.
  ///
  ///     if let target = try AttachTarget(section: "tp/sched/sched_switch") { link = try program.attach(to: target) }
  ///
  /// - Parameters:
  ///   - cookie: what the program can ask for; 0 for none.
  ///   - process: for user programs, the one process; nil for all.
  ///   - usdtMaps: what a program for USDT (`usdt/…`) needs: the maps of its object.
  /// - Throws: ``BPFError/attach(_:)`` with what is not there and what may have been meant; else as the method for the
  ///   target's kind.
  public func attach(
    to target: AttachTarget, cookie: UInt64 = 0, process: Int32? = nil, usdtMaps: USDTMaps? = nil
  ) throws(BPFError) -> Link {
    switch target {
    case .tracepoint(let category, let name): return try attach(toTracepoint: category, name, cookie: cookie)
    case .rawTracepoint(let name):
      do throws(BPFError) {
        return try attach(toRawTracepoint: name, cookie: cookie)
      } catch {
        guard case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory else { throw error }
        throw .attach(.noSuchRawTracepoint(name))
      }
    case .tracingMulti(let pattern): return try attach(toFunctions: pattern, cookie: cookie)
    case .loaded: return try attachTracing(cookie: cookie)
    case .kprobe(let location, let onReturn):
      return try attach(toKprobe: location, onReturn: onReturn, options: ProbeOptions(cookie: cookie))
    case .kprobeMulti(let pattern, let moment):
      return try attach(toKprobes: pattern, moment, cookie: Self.constant(cookie))
    case .uprobe(let file, let location, let onReturn):
      return try attach(
        toUprobe: location, in: file, onReturn: onReturn, process: process, options: ProbeOptions(cookie: cookie))
    case .uprobeMulti(let file, let pattern, let moment):
      return try attach(toUprobes: pattern, in: file, moment, process: process, cookie: Self.constant(cookie))
    case .usdt(let file, let provider, let name):
      guard let usdtMaps else { throw .attach(.missingUSDTMap("__bpf_usdt_specs")) }
      return try attach(
        toUSDT: name, of: provider, in: file, process: process, cookie: cookie, maps: usdtMaps)
    case .iterator(let kind):
      guard cookie == 0 else {
        throw .attach(.badIteratorParameter(kind: kind, reason: "the kernel keeps no cookie for iterators"))
      }
      guard kind != "bpf_map_elem", kind != "bpf_sk_storage_map" else {
        throw .attach(
          .badIteratorParameter(
            kind: kind, reason: "it visits the elements of a map: attach it by attachIterator(over: .map(…))"))
      }
      // Linux 6.1 wants to be told from where; the root without an order stands for the whole tree.
      return try attachIterator()
    }
  }

  private static func constant(_ cookie: UInt64) -> ((String) -> UInt64)? { cookie == 0 ? nil : { _ in cookie } }
}
