internal import ELF
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

extension Program {
  /// Attaches to a place in a program or library: at a function's entry or behind it, or when it returns.
  ///
  ///     try program.attach(toUprobe: .function("malloc"), in: "libc")
  ///     try program.attach(toUprobe: .function("readline"), in: "/bin/bash", onReturn: true, process: 1234)
  ///
  /// *First kernel*: 4.3 (by tracefs), 4.17 (by perf events); a semaphore: 4.20; a cookie: 5.15.
  ///
  /// - Parameters:
  ///   - file: a path, a program's name along PATH, or a library's (`libc`, `libpthread.so.0`).
  ///   - process: the one process; nil for all, also later ones.
  ///   - referenceCounter: where in the file the semaphore is that the kernel raises meanwhile; 0 for none.
  /// - Throws: ``AttachError/noSuchBinary(_:tried:)``, ``AttachError/noSuchSymbol(_:path:nearest:)``,
  ///   ``AttachError/ambiguousSymbol(_:path:versions:)``.
  public func attach(
    toUprobe location: UserLocation, in file: String, onReturn: Bool = false, process: Int32? = nil,
    referenceCounter: UInt64 = 0, options: ProbeOptions = ProbeOptions()
  ) throws(BPFError) -> Link {
    let path = try AttachedFile.path(of: file, process: process)
    let offset: UInt64
    switch location {
    case .fileOffset(let number): offset = number
    case .function(let name, let distance): offset = try AttachedFile(path).offset(of: name, plus: distance)
    }
    let subject = "\(onReturn ? "uretprobe" : "uprobe") \(path):\(location)"
    return try attach(
      toFile: path, offset, referenceCounter: referenceCounter, onReturn: onReturn, process: process, subject: subject,
      options)
  }

  /// Attaches to a place in a file.
  func attach(
    toFile path: String, _ offset: UInt64, referenceCounter: UInt64, onReturn: Bool, process: Int32?, subject: String,
    _ options: ProbeOptions
  ) throws(BPFError) -> Link {
    let place = TraceEventProbe.Place.file(
      path: path, offset: offset, referenceCounter: referenceCounter, onReturn: onReturn)
    return try attach(to: place, process: process, subject: subject, options) { unit in
      .uprobe(unit, path: path, offset: offset, referenceCounter: referenceCounter, onReturn: onReturn)
    }
  }

  /// Attaches to all functions of a program or library that fit a pattern, with one link.
  ///
  /// The program must have been loaded for uprobe_multi, or for uprobe_session.
  ///
  /// *First kernel*: 6.6; as a session: 6.13.
  ///
  /// - Parameter cookie: what `bpf_get_attach_cookie` answers, of a function's name; nil for none.
  /// - Throws: ``AttachError/noMatchingSymbol(pattern:path:)``; ``AttachError/missingFacility(_:remedy:)`` on older
  ///   kernels.
  public func attach(
    toUprobes pattern: String, in file: String, _ moment: ProbeMoment = .entry, process: Int32? = nil,
    cookie: ((String) -> UInt64)? = nil
  ) throws(BPFError) -> Link {
    let path = try AttachedFile.path(of: file, process: process)
    let functions = try AttachedFile(path).functions(matching: pattern)
    let probes = UprobeMulti(
      path: path, offsets: functions.map(\.fileOffset), cookies: cookie.map { functions.map(\.name).map($0) } ?? [],
      process: process, onReturn: moment == .exit)
    do throws(BPFError) {
      return try attach(to: probes, session: moment == .session)
    } catch {
      throw explained(error, moment == .session ? .uprobeSession : .uprobeMulti, remedy: "attach uprobes one by one")
    }
  }

  /// Attaches to all functions of the kernel that fit a pattern, with one link.
  ///
  /// The program must have been loaded for kprobe_multi, or for kprobe_session.
  ///
  /// *First kernel*: 5.18; as a session: 6.10.
  ///
  /// - Parameter cookie: what `bpf_get_attach_cookie` answers, of a function's name; nil for none.
  /// - Throws: ``AttachError/noMatchingKernelFunction(pattern:searched:)``;
  ///   ``AttachError/missingFacility(_:remedy:)`` on kernels without fprobe.
  public func attach(
    toKprobes pattern: String, _ moment: ProbeMoment = .entry, cookie: ((String) -> UInt64)? = nil
  ) throws(BPFError) -> Link {
    let feature = moment == .session ? KernelFeature.kprobeSession : .kprobeMulti
    let remedy = "attach kprobes one by one, or use fentry"
    var found: TraceableFunctions
    do throws(BPFError) {
      found = try TraceableFunctions(matching: pattern, kernel)
    } catch {
      throw explained(error, feature, remedy: remedy)
    }
    if cookie != nil {
      let symbols = KernelSymbols()
      found = found.atSymbols { symbols.location(of: $0)?.offset }
    }
    let probes = KprobeMulti(
      found.functions, cookies: cookie.map { found.names.map($0) } ?? [], onReturn: moment == .exit)
    do throws(BPFError) {
      return try attach(to: probes, session: moment == .session)
    } catch {
      throw explained(error, feature, remedy: remedy)
    }
  }

  /// What a refusal means on a kernel that lacks the feature.
  func explained(_ error: BPFError, _ feature: KernelFeature, remedy: String) -> BPFError {
    switch error {
    case .systemCall, .attach(.noMatchingKernelFunction):
      KernelFeatures(kernel).absence(of: feature).map { .attach(.missingFeature($0, remedy: remedy)) } ?? error
    default: error
    }
  }
}
