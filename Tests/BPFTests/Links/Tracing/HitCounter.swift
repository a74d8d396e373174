import Bytecode
import KernelInterface
import LinuxSystem

@testable import BPF

/// A program that counts how often it runs, and keeps the last cookie that it was attached with.
struct HitCounter {
  let program: Program
  private let map: Map

  static let hasCookies = KernelFeatures.running.has(.attachCookie)

  /// A program of a type.
  ///
  /// - Parameters:
  ///   - isFiltered: whether only what this process does counts.
  ///   - returns: what the program answers, for sessions and hooks.
  init(
    _ type: ProgramType, _ attachType: AttachType? = nil, attachTypeID: UInt32 = 0, keepsCookie: Bool = hasCookies,
    isFiltered: Bool = false, returns: Int32 = 0
  ) throws {
    map = try Map(MapSpec(name: "counts", type: .array, keySize: 4, valueSize: 16, maxEntries: 1))
    var code = Assembler()
    let end = code.makeLabel()
    code.append(.move(.r6, .r1))
    if isFiltered {
      code.append([.call(.getCurrentPidTgid), .arithmetic(.logicalShiftRight, .r0, 32)])
      code.jump(if: .notEqual, .r0, CurrentProcess.id, to: end)
    }
    code.loadMapValue(.r7, MapReference(index: 0), offset: 0)
    code.append([.move(.r1, 1), .atomic(.add, .doubleWord, .r1, at: .r7, offset: 0)])
    if keepsCookie {
      code.append([.move(.r1, .r6), .call(.getAttachCookie), .store(.doubleWord, .r0, to: .r7, offset: 8)])
    }
    code.bind(end)
    code.append([.move(.r0, returns), .exit])
    program = try Program(
      ProgramSpec(
        name: "count", type: type, expectedAttachType: attachType, code: code.finish(), attachTypeID: attachTypeID),
      maps: [map])
  }

  /// How often it ran.
  var count: UInt64 { get throws { try numbers().0 } }
  /// The cookie of the last run.
  var cookie: UInt64 { get throws { try numbers().1 } }

  private func numbers() throws -> (UInt64, UInt64) {
    let value = try map.value(of: bytes(0 as UInt32)) ?? []
    return value.withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}

/// Runs a program to its end and answers its exit status.
@discardableResult
func run(_ words: String...) throws -> Int32 {
  let child = try ChildProcess(words)
  try child.release()
  guard case .exited(let status) = try child.wait() else { return -1 }
  return status
}
