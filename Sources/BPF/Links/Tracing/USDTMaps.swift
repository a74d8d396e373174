internal import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// The maps by which libbpf's `bpf/usdt.bpf.h` finds arguments, shared by all USDT programs of an object.
///
/// Each different list of argument places takes an entry of `__bpf_usdt_specs` while somebody is attached with it.
public final class USDTMaps: Sendable {
  /// `__bpf_usdt_specs`.
  let specs: Map
  /// `__bpf_usdt_ip_to_spec_id`, which kernels without cookies (before 5.15) need.
  let addresses: Map?
  let layout: USDTSpec.Layout
  private let numbers: EntryNumbers

  /// The maps of an object.
  ///
  /// - Parameters:
  ///   - specs: `__bpf_usdt_specs`.
  ///   - addresses: `__bpf_usdt_ip_to_spec_id`.
  /// - Throws: ``BPFError/wrongSize(map:expected:given:)`` when the header's structures are of another layout than
  ///   those known.
  public init(specs: Map, addresses: Map?) throws(BPFError) {
    guard let layout = USDTSpec.Layout(valueSize: specs.spec.valueSize), specs.spec.keySize == 4 else {
      throw .wrongSize(
        map: specs.spec.name, expected: USDTSpec.Layout.narrow.valueSize, given: specs.spec.valueSize)
    }
    self.layout = layout
    self.specs = specs
    numbers = EntryNumbers.shared(ofMap: try specs.info().id, capacity: UInt32(clamping: specs.spec.maxEntries))
    self.addresses = addresses
  }

  /// The maps of an object that includes the header; nil for one that does not.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public convenience init?(of object: BPFObject) throws(BPFError) {
    guard let specs = object.maps.first(where: { $0.spec.name == "__bpf_usdt_specs" }) else { return nil }
    try self.init(specs: specs, addresses: object.maps.first { $0.spec.name == "__bpf_usdt_ip_to_spec_id" })
  }

  /// Stores a list of argument places under a number of its own; the caller gives the number back by ``remove(_:)``.
  func store(_ spec: USDTSpec, of probe: String) throws(BPFError) -> UInt32 {
    guard let value = spec.encoded(layout) else {
      throw .attach(
        .badUSDTArgument(
          probe: probe, argument: "base and index register",
          reason: "the object's <bpf/usdt.bpf.h> is older than libbpf 1.7 and cannot address memory by two registers"))
    }
    guard let id = numbers.take() else { throw .attach(.tooManyUSDTs(probe: probe, capacity: numbers.capacity)) }
    do throws(BPFError) {
      try specs.update(Self.bytes(id), to: value)
    } catch {
      remove(id)
      throw error
    }
    return id
  }

  /// Gives a number back.
  func remove(_ id: UInt32) { numbers.giveBack(id) }

  /// Says which list of argument places belongs to an address of the process's code.
  func set(_ id: UInt32, forAddress address: UInt64) throws(BPFError) {
    guard let addresses else { throw .attach(.missingUSDTMap("__bpf_usdt_ip_to_spec_id")) }
    try addresses.update(Self.bytes(address), to: Self.bytes(id))
  }

  /// Forgets an address.
  func remove(address: UInt64) { _ = try? addresses?.remove(Self.bytes(address)) }

  static func bytes(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
}

/// Which entries of a map are taken; one for each map of the kernel, however often it is opened in this process.
private final class EntryNumbers: Sendable {
  private struct State {
    var next: UInt32 = 0
    var free: [UInt32] = []
  }

  private struct Reference {
    weak var numbers: EntryNumbers?
  }

  private static let known = Mutex<[UInt32: Reference]>([:])

  let capacity: UInt32
  private let state = Mutex(State())

  private init(capacity: UInt32) { self.capacity = capacity }

  static func shared(ofMap id: UInt32, capacity: UInt32) -> EntryNumbers {
    known.withLock { known in
      if let numbers = known[id]?.numbers { return numbers }
      known = known.filter { $0.value.numbers != nil }
      let numbers = EntryNumbers(capacity: capacity)
      known[id] = Reference(numbers: numbers)
      return numbers
    }
  }

  func take() -> UInt32? {
    state.withLock { state in
      if let id = state.free.popLast() { return id }
      guard state.next < capacity else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func giveBack(_ id: UInt32) { state.withLock { $0.free.append(id) } }
}
