import BPF
import Bytecode
import KernelInterface

/// What came in on one interface.
struct Traffic: BitwiseCopyable {
  var packets: UInt64 = 0
  var bytes: UInt64 = 0
}

/// An XDP program that counts what comes in, by interface, and lets it pass.
///
/// One program serves all interfaces; the map tells them apart.
final class TrafficCounter {
  private let traffic: HashMap<UInt32, Traffic>
  private let program: Program
  private var links: [Link] = []

  init() throws {
    traffic = try HashMap(name: "traffic", maxEntries: 1024)
    program = try Program(
      ProgramSpec(name: "count", type: .xdp, code: Self.code(), license: "Apache-2.0"), maps: [traffic.map])
  }

  /// Begins to count on an interface, until this object goes away.
  func attach(to interface: NetworkInterface) throws {
    try traffic.set(Traffic(), for: interface.index)
    links.append(try program.attach(toXDPOf: interface))
  }

  /// What came in on an interface since it was attached to.
  func traffic(of interface: NetworkInterface) throws -> Traffic {
    try traffic.value(for: interface.index) ?? Traffic()
  }

  /// The program; its argument is a `struct xdp_md`.
  ///
  ///     if (entry = map_lookup(&traffic, &ctx->ingress_ifindex)) { entry->packets += 1; entry->bytes += length; }
  ///     return XDP_PASS;
  private static func code() throws -> Assembly {
    var code = Assembler()
    let pass = code.makeLabel()
    code.append(.load(.word, .r6, from: .r1, offset: 0))  // data
    code.append(.load(.word, .r7, from: .r1, offset: 4))  // data_end
    code.append(.arithmetic(.subtract, .r7, .r6))
    code.append(.load(.word, .r2, from: .r1, offset: 12))  // ingress_ifindex
    code.append(.store(.word, .r2, to: .r10, offset: -4))
    code.loadMap(.r1, MapReference(index: 0))
    code.append(.move(.r2, .r10))
    code.append(.arithmetic(.add, .r2, -4))
    code.append(.call(.mapLookupElem))
    code.jump(if: .equal, .r0, 0, to: pass)
    code.append(.move(.r1, 1))
    code.append(.atomic(.add, .doubleWord, .r1, at: .r0, offset: 0))
    code.append(.atomic(.add, .doubleWord, .r7, at: .r0, offset: 8))
    code.bind(pass)
    code.append(.move(.r0, 2))  // XDP_PASS
    code.append(.exit)
    return try code.finish()
  }
}
