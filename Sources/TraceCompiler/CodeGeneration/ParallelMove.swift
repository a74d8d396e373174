/// Where a moved value comes from.
enum MoveSource: Hashable {
  case register(UInt8)
  case spill(Int32)
  /// Made on the spot: a constant or an address.
  case made(SSAOperation)

  /// The register read, if it is one.
  var register: UInt8? {
    if case .register(let register) = self { register } else { nil }
  }
}

/// Where a moved value goes.
enum MoveTarget: Hashable {
  case register(UInt8)
  case spill(Int32)

  var source: MoveSource {
    switch self {
    case .register(let register): .register(register)
    case .spill(let slot): .spill(slot)
    }
  }
}

/// One of several moves that happen at once.
struct Move: Hashable {
  var source: MoveSource
  var target: MoveTarget
}

/// Puts moves that happen at once into an order in which none overwrites what another still needs.
///
/// Targets are distinct. A cycle is broken by saving one of its places in `temporary`.
enum ParallelMove {
  static func sequence(_ moves: [Move], temporary: MoveTarget) -> [Move] {
    var pending = moves.filter { $0.source != $0.target.source }
    var ordered: [Move] = []
    while !pending.isEmpty {
      if let ready = pending.firstIndex(where: { move in
        !pending.contains { $0.source == move.target.source && $0 != move }
      }) {
        ordered.append(pending.remove(at: ready))
        continue
      }
      let saved = pending[0].target
      ordered.append(Move(source: saved.source, target: temporary))
      for index in pending.indices where pending[index].source == saved.source {
        pending[index].source = temporary.source
      }
    }
    return ordered
  }
}

/// Some of r0 to r9.
struct RegisterSet {
  private static let all: UInt16 = (1 << UInt16(LinearScan.registerCount)) - 1
  private var bits: UInt16

  init(bits: UInt16) { self.bits = bits & Self.all }

  init(_ registers: [UInt8]) {
    bits = 0
    for register in registers { insert(register) }
  }

  mutating func insert(_ register: UInt8) { bits |= 1 << UInt16(register) }
  func union(_ other: RegisterSet) -> RegisterSet { RegisterSet(bits: bits | other.bits) }
  func subtracting(_ other: RegisterSet) -> RegisterSet { RegisterSet(bits: bits & ~other.bits) }
  var complement: RegisterSet { RegisterSet(bits: ~bits) }
  var first: UInt8? { bits == 0 ? nil : UInt8(truncatingIfNeeded: bits.trailingZeroBitCount) }
}
