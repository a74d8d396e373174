import Bytecode
import KernelInterface

@testable import BPF

/// A program that counts what passes through it, and lets it pass.
struct CountingProgram {
  /// What of a context it counts.
  enum Selection {
    /// Every call.
    case all
    /// Frames of the test's protocol, by the context's pointers to their beginning and end.
    case frames(data: Int16, end: Int16)
  }

  let program: Program
  private let counter: Map

  /// Answers `answer`, whatever it counted.
  init(
    _ type: ProgramType, for attachType: AttachType? = nil, answer: Int32, _ selection: Selection = .all,
    name: String = "count", attachTypeID: UInt32 = 0, kernel: any KernelCalls = LiveKernel()
  ) throws {
    counter = try Map(MapSpec(name: "counter", type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
    var code = Assembler()
    let end = code.makeLabel()
    if case .frames(let data, let dataEnd) = selection {
      code.append(.load(.word, .r2, from: .r1, offset: data))
      code.append(.load(.word, .r3, from: .r1, offset: dataEnd))
      code.append(.move(.r4, .r2))
      code.append(.arithmetic(.add, .r4, 14))
      code.jump(if: .unsignedGreater, .r4, .r3, to: end)
      code.append(.load(.halfWord, .r4, from: .r2, offset: 12))
      code.append(.bigEndian(.r4, bits: 16))
      code.jump(if: .notEqual, .r4, Int32(FrameSender.protocolNumber), to: end)
    }
    code.loadMapValue(.r1, MapReference(index: 0), offset: 0)
    code.append(.move(.r2, 1))
    code.append(.atomic(.add, .doubleWord, .r2, at: .r1))
    code.bind(end)
    code.append(.move(.r0, answer))
    code.append(.exit)
    program = try Program(
      ProgramSpec(
        name: name, type: type, expectedAttachType: attachType, code: code.finish(), attachTypeID: attachTypeID),
      maps: [counter], kernel: kernel)
  }

  /// `XDP_PASS`; the context is `struct xdp_md`.
  static func xdp(for attachType: AttachType? = nil) throws -> Self {
    try Self(.xdp, for: attachType, answer: 2, .frames(data: 0, end: 4))
  }

  /// The context is `struct __sk_buff`; `TC_ACT_UNSPEC` and `TCX_NEXT` let the next program see the packet.
  static func classifier(answer: Int32 = -1, name: String = "count") throws -> Self {
    try Self(.schedulerClassifier, answer: answer, .frames(data: 76, end: 80), name: name)
  }

  /// How much it has counted.
  func count() throws -> UInt64 {
    try counter.value(of: bytes(0 as UInt32))?.withUnsafeBytes { $0.load(as: UInt64.self) } ?? 0
  }

  /// The program's number.
  func id() throws -> UInt32 { try program.info().id }
}
