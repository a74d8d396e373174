internal import ELF
internal import KernelInterface
internal import LinuxSystem
internal import Symbols
internal import Synchronization

extension Program {
  /// Attaches a program that uses libbpf's `bpf/usdt.bpf.h` to a USDT probe: to all its places in a file.
  ///
  ///     try program.attach(toUSDT: "setjmp", of: "libc", in: "libc", maps: maps)
  ///
  /// With one link where the program was loaded for uprobe_multi (Linux 6.6), else with one for each place. A semaphore
  /// is raised by the kernel while the attachment lasts.
  ///
  /// *First kernel*: 4.3; probes with a semaphore: 4.20. Before 5.15, which has no cookies, probes in libraries and
  /// position-independent programs need a process.
  ///
  /// - Parameters:
  ///   - provider: nil for any.
  ///   - file: a path, a program's name along PATH, or a library's (`libc`).
  ///   - process: the one process; nil for all, also later ones.
  ///   - cookie: what `bpf_usdt_cookie` answers.
  ///   - maps: those of the program's object.
  /// - Throws: ``AttachError/noSuchUSDT(provider:name:path:nearest:)``,
  ///   ``AttachError/badUSDTArgument(probe:argument:reason:)``, ``AttachError/tooManyUSDTs(probe:capacity:)``,
  ///   ``AttachError/missingFacility(_:remedy:)``.
  public func attach(
    toUSDT name: String, of provider: String?, in file: String, process: Int32? = nil, cookie: UInt64 = 0,
    maps: USDTMaps
  ) throws(BPFError) -> Link {
    let file = try AttachedFile(AttachedFile.path(of: file, process: process))
    let places = try USDTProbe.places(of: name, provider: provider, in: file)
    let features = KernelFeatures(kernel)
    let hasCookies = features.has(.attachCookie)
    try requireReferenceCounters(for: places)
    let isFixed = file.functions.file.type == .executable
    let bias = hasCookies ? 0 : try loadBias(of: file, process: process)

    let entries = USDTEntries(maps)
    do throws(BPFError) {
      for place in places {
        let spec: USDTSpec
        do throws(AttachError) {
          spec = try USDTSpec(place, cookie: cookie, isFixedAddress: isFixed) {
            file.functions.address(ofSymbol: $0)
          }
        } catch {
          throw BPFError.attach(error)
        }
        try entries.add(
          spec, of: "\(place.provider):\(name)", address: hasCookies ? nil : bias &+ place.address)
      }
      return try attach(to: places, entries, process: process, hasCookies: hasCookies)
    } catch {
      entries.remove()
      throw error
    }
  }

  private func attach(
    to places: [USDTProbe], _ entries: USDTEntries, process: Int32?, hasCookies: Bool
  ) throws(BPFError) -> Link {
    let path = places[0].path
    let subject = "usdt \(path):\(places[0].provider):\(places[0].name)"
    if spec.expectedAttachType == .traceUprobeMulti {
      let probes = UprobeMulti(
        path: path, offsets: places.map(\.fileOffset),
        referenceCounters: places.contains { $0.semaphoreFileOffset != nil }
          ? places.map { $0.semaphoreFileOffset ?? 0 } : [],
        cookies: entries.ids.map(UInt64.init), process: process)
      return try link(subject) { () throws(SystemCallError) in
        Link.State(link: try kernel.createUprobeMultiLink(descriptor, probes), undo: { entries.remove() })
      }
    }
    var parts: [Link] = []
    for (place, id) in zip(places, entries.ids) {
      parts.append(
        try attach(
          toFile: path, place.fileOffset, referenceCounter: place.semaphoreFileOffset ?? 0, onReturn: false,
          process: process, subject: "\(subject) at 0x\(String(place.fileOffset, radix: 16))",
          ProbeOptions(cookie: hasCookies ? UInt64(id) : 0)))
    }
    return Link(subject: subject, program: self, Link.State(parts: parts, undo: { entries.remove() }))
  }

  /// Semaphores are raised by the kernel (`ref_ctr_offset`, Linux 4.20).
  private func requireReferenceCounters(for places: [USDTProbe]) throws(BPFError) {
    guard places.contains(where: { $0.semaphoreFileOffset != nil }) else { return }
    let path = "/sys/bus/event_source/devices/uprobe/format/ref_ctr_offset"
    guard (try? kernel.text(of: path)) == nil else { return }
    throw .attach(
      .missingFacility(
        "reference counters for the semaphores of USDT probes (Linux 4.20 is the first to have them)",
        remedy: "use a newer kernel: without its semaphore raised the probe is never reached"))
  }

  /// How far a process has moved a file's code, for kernels that tell a probe's places apart by their addresses.
  private func loadBias(of file: AttachedFile, process: Int32?) throws(BPFError) -> UInt64 {
    let elf = file.functions.file
    if elf.type == .executable { return 0 }
    guard let process else {
      throw .attach(
        .missingFacility(
          "cookies (Linux 5.15 is the first to have them), so '\(file.functions.path)' must be watched in one process",
          remedy: "give the process"))
    }
    let text = try BPFError.wrap { () throws(SystemCallError) in try FileSystem.text(of: "/proc/\(process)/maps") }
    let identity = try BPFError.wrap { () throws(SystemCallError) in try OpenFile(file.functions.path).identity }
    for mapping in MemoryMapping.parse(text) where mapping.isExecutable && mapping.isFile {
      guard let mapped = try? OpenFile("/proc/\(process)/root\(mapping.path)"), mapped.identity == identity,
        let address = elf.address(ofFileOffset: mapping.fileOffset)
      else { continue }
      return mapping.addresses.lowerBound &- address
    }
    throw .attach(.noSuchBinary(file.functions.path, tried: ["/proc/\(process)/maps"]))
  }
}

/// The entries of an attachment in the object's maps.
private final class USDTEntries: Sendable {
  private struct State {
    var ids: [UInt32] = []
    var known: [USDTSpec: UInt32] = [:]
    var addresses: [UInt64] = []
  }

  private let maps: USDTMaps
  private let state = Mutex(State())

  init(_ maps: USDTMaps) { self.maps = maps }

  /// For each place the number of its argument places.
  var ids: [UInt32] { state.withLock { $0.ids } }

  /// Adds a place; equal argument places share an entry.
  func add(_ spec: USDTSpec, of probe: String, address: UInt64?) throws(BPFError) {
    let known = state.withLock { $0.known[spec] }
    let id: UInt32
    if let known { id = known } else { id = try maps.store(spec, of: probe) }
    state.withLock { state in
      state.known[spec] = id
      state.ids.append(id)
      if let address { state.addresses.append(address) }
    }
    if let address { try maps.set(id, forAddress: address) }
  }

  /// Gives everything back.
  func remove() {
    let (ids, addresses) = state.withLock { state in
      defer { state = State() }
      return (Array(state.known.values), state.addresses)
    }
    for address in addresses { maps.remove(address: address) }
    for id in ids { maps.remove(id) }
  }
}
