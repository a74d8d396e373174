public import BTF
import LinuxSystem
public import ProbeCatalog
import Symbols
public import TraceCompiler
public import TraceLanguage

/// The running machine, as the trace compiler asks about it.
public final class LiveTarget: CompilationTarget {
  private let catalog: Catalog
  private let source: LiveSource
  /// The processor.
  public let architecture: Architecture
  /// What the kernel's BPF can do.
  public let features: TargetFeatures

  /// The machine that `catalog` lists the probes of.
  public init(catalog: Catalog, source: LiveSource, architecture: Architecture, features: TargetFeatures) {
    self.catalog = catalog
    self.source = source
    self.architecture = architecture
    self.features = features
  }

  /// The kernel's types.
  public var kernelTypes: TypeGraph? { source.types(ofModule: nil) }

  /// The probes that an attach point stands for.
  public func probes(
    at attachPoint: AttachPoint, process: Int32?
  ) throws(ProbeLookupError) -> [ResolvedProbe] {
    let found: [FoundProbe]
    do {
      found = try catalog.probes(at: attachPoint.parts.map(\.text), process: process)
    } catch {
      throw ProbeLookupError(message: error.description, hints: error.hint.map { [$0] } ?? [])
    }
    var probes: [ResolvedProbe] = []
    for probe in found {
      guard let site = probe.site else {
        throw ProbeLookupError(
          message: "\(probe.provider.name) probes are not supported",
          hints: ["the README lists the providers that are there"])
      }
      probes.append(ResolvedProbe(site: site, name: probe.name))
    }
    return probes
  }

  /// The record of a tracepoint.
  public func tracepointRecord(subsystem: String, event: String) throws(ProbeLookupError) -> TracepointRecord {
    do {
      let format = try catalog.tracepointFormat(subsystem: subsystem, event: event)
      return TracepointRecord(fields: format.fields.map(\.recordField))
    } catch {
      throw ProbeLookupError(message: error.description, hints: error.hint.map { [$0] } ?? [])
    }
  }

  /// The parameters of a raw tracepoint.
  public func rawTracepointParameters(event: String) -> [TraceCompiler.ProbeParameter] {
    ((try? catalog.rawTracepointParameters(event: event)) ?? []).map {
      TraceCompiler.ProbeParameter(name: $0.name, typeID: $0.type.rawValue)
    }
  }

  /// Names near a misspelt one.
  public func probesNear(_ attachPoint: AttachPoint) -> [String] {
    catalog.probesNear(attachPoint.parts.map(\.text))
  }

  /// The address of a kernel symbol.
  public func kernelAddress(ofSymbol name: String) -> UInt64? {
    (try? source.kernelSymbols.table())?.symbols(named: name).first?.address
  }

  /// The id of a cgroup: the inode of its folder.
  public func cgroupID(ofPath path: String) -> UInt64? { (try? FileStatus(of: path))?.inode }
}

extension FoundProbe {
  /// The place as the compiler names it; nil for providers that it does not know.
  fileprivate var site: ProbeSite? {
    switch target {
    case .begin: .begin
    case .end: .end
    case .tracepoint(let subsystem, let event): .tracepoint(subsystem: subsystem, event: event)
    case .rawTracepoint(_, let event): .rawTracepoint(event: event)
    case .kernelFunction(let module, let name, let offset):
      .kernelFunction(module: module, name: name, offset: offset, isReturn: provider == .kretprobe)
    case .trampoline(let module, let name, let typeID):
      .trampoline(module: module, name: name, typeID: typeID, isExit: provider == .fexit)
    case .userFunction(let path, let symbol, let fileOffset, _):
      .userFunction(path: path, symbol: symbol, fileOffset: fileOffset, isReturn: provider == .uretprobe)
    case .timer(let period):
      switch (provider, period) {
      case (.interval, .hertz(let count)): .interval(nanoseconds: 1_000_000_000 / max(1, count))
      case (.interval, .nanoseconds(let time)): .interval(nanoseconds: time)
      case (_, .hertz(let count)): .profile(.hertz(count))
      case (_, .nanoseconds(let time)): .profile(.nanoseconds(time))
      }
    case .perfEvent(let event, let count):
      event.unit == .software ? .software(name: event.name, config: event.config, count: count) : nil
    case .selfSignal, .named, .kernelAddress, .userMarker, .iterator, .watchpoint: nil
    }
  }
}

extension TracepointFormat.Field {
  /// The field as the compiler sees it.
  fileprivate var recordField: TracepointRecord.Field {
    var count: Int?
    var base: Int?
    switch location {
    case .inRecord: break
    case .fromRecordStart: base = 0
    case .fromFieldEnd: base = offset + size
    }
    switch elementCount {
    case .fixed(let number)?: count = number
    case .some: count = size
    case nil: break
    }
    return TracepointRecord.Field(
      name: name, typeText: type, offset: offset, byteCount: size, isSigned: isSigned, elementCount: count,
      dataLocationBase: base)
  }
}
