import Diagnostics

/// A part of a function's stack, by its place in ``SSAFunction/frameSlots``.
struct FrameSlot: Hashable, Sendable, CustomStringConvertible {
  var number: Int32

  init(_ index: Int) { number = Int32(truncatingIfNeeded: index) }

  var index: Int { Int(number) }
  var description: String { "s\(number)" }
}

/// How big a stack slot is.
///
/// Every slot begins at a multiple of 8 bytes.
struct FrameSlotLayout: Hashable, Sendable {
  /// In bytes.
  var size: Int
  var span: SourceSpan?
}

/// A run of instructions that is entered at its top only and left at its end only.
struct SSABlock: Hashable, Sendable {
  /// What each way in must bring; in the first block, the function's own parameters.
  var parameters: [SSAValue] = []
  var instructions: [SSAInstruction] = []
  var terminator: SSATerminator = .return(0)
  var terminatorSpan: SourceSpan?
}

/// A function in static single assignment form: block parameters take the place of phi instructions.
///
/// The first block is the entry; its parameters are the function's, in r1 to r5, and nothing jumps to it.
struct SSAFunction: Hashable, Sendable {
  /// As the BTF and the listing show it.
  var name: String
  var blocks: [SSABlock]
  var frameSlots: [FrameSlotLayout] = []
  /// One more than the highest number of a value.
  var valueCount: Int

  /// A function of one block that takes `parameterCount` parameters and returns 0.
  init(name: String, parameterCount: Int) {
    self.name = name
    blocks = [SSABlock(parameters: (0..<parameterCount).map { SSAValue(number: Int32(truncatingIfNeeded: $0)) })]
    valueCount = parameterCount
  }

  /// A value that nothing defines yet.
  mutating func makeValue() -> SSAValue {
    defer { valueCount += 1 }
    return SSAValue(number: Int32(truncatingIfNeeded: valueCount))
  }

  var parameters: [SSAValue] { blocks[0].parameters }

  subscript(block: SSABlockID) -> SSABlock {
    get { blocks[block.index] }
    _modify { yield &blocks[block.index] }
  }
}

/// One program: the function at index 0 is its entry, the others are called or used as callbacks by it.
///
/// The entry takes the context pointer. A callback of `bpf_for_each_map_elem` takes map, key, value and context; one of
/// `bpf_loop` takes index and context.
struct SSAModule: Hashable, Sendable {
  var functions: [SSAFunction]
}
