import Bytecode
import Diagnostics
import TraceLanguage

/// Stacks: the frames go into the stack map once, under their hash; what travels is the hash.
extension ProgramLowering {
  mutating func lowerStack(isUser: Bool, _ format: StackFormat, into target: Location) {
    let stacks = assembly.stacks()
    let limit = max(1, min(format.limit, ScriptAssembly.frameLimit))
    builder.zero(target, byteCount: StackReference.byteCount)
    let frames = scratchLocation(byteCount: 8 * ScriptAssembly.frameLimit)
    let address = builder.address(of: frames)
    // BPF_F_USER_STACK
    let byteCount = builder.call(
      .getStack,
      operands: [
        .value(frame.context), .value(address), .constant(Int64(8 * limit)), .constant(isUser ? 1 << 8 : 0),
      ])
    let walked = builder.createBlock(), end = builder.createBlock(), none = builder.createBlock()
    let refused = builder.createBlock()
    builder.branch(.signedGreater, byteCount, .constant(7), then: walked, otherwise: none)
    builder.seal(none)
    builder.move(to: none)
    builder.branch(.signedLess, byteCount, .constant(0), then: refused, otherwise: end)
    builder.seal(refused)
    builder.move(to: refused)
    builder.store(.word, target.advanced(by: StackReference.frameCountOffset), constant: -1)
    builder.jump(end)
    builder.seal(walked)
    builder.move(to: walked)
    let count = builder.binary(.logicalShiftRight, byteCount, 3)
    let hash = lowerHash(of: frames, count: count, limit: limit)
    let key = wordSlot()
    builder.store(.doubleWord, key, hash)
    let keyAddress = builder.address(of: key)
    let known = builder.call(.mapLookupElem, [builder.mapAddress(stacks), keyAddress])
    let new = builder.createBlock(), stored = builder.createBlock(), failed = builder.createBlock()
    builder.branch(.notEqual, known, .constant(0), then: stored, otherwise: new)
    builder.seal(new)
    builder.move(to: new)
    let result = builder.call(
      .mapUpdateElem,
      operands: [.value(builder.mapAddress(stacks)), .value(keyAddress), .value(address), .constant(0)])
    builder.branch(.signedLess, result, .constant(0), then: failed, otherwise: stored)
    builder.seal(failed)
    builder.move(to: failed)
    lowerRuntimeError(.stackTableFull, at: builder.span ?? probe.span, returned: result)
    builder.jump(end)
    builder.seal(stored)
    builder.move(to: stored)
    builder.store(.doubleWord, target, hash)
    builder.store(.word, target.advanced(by: StackReference.frameCountOffset), count)
    if isUser {
      let process = inRegion { $0.processID() }
      builder.store(.word, target.advanced(by: StackReference.processOffset), process)
    }
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  /// Mixes the frames into 64 bits.
  private mutating func lowerHash(of frames: Location, count: SSAValue, limit: Int) -> SSAValue {
    let head = builder.createBlock(parameterCount: 2), end = builder.createBlock(parameterCount: 1)
    let more = builder.createBlock()
    let seed: Int64 = 0x2545_f491_4f6c_dd1d
    builder.jump(head, [.constant(0), .constant(seed)])
    builder.move(to: head)
    let index = builder.parameters(of: head)[0]
    let hash = builder.parameters(of: head)[1]
    let place = builder.binary(.add, frames.base, builder.binary(.shiftLeft, index, 3))
    let word = builder.load(.doubleWord, Location(base: place, offset: frames.offset))
    let mixed = builder.binary(.xor, hash, word)
    let spread = builder.binary(.mul, mixed, -0x61c8_8646_80b5_83eb)
    let folded = builder.binary(.xor, spread, builder.binary(.logicalShiftRight, spread, 29))
    let next = builder.binary(.add, index, 1)
    builder.branch(.unsignedLess, next, .constant(Int64(limit)), then: more, otherwise: end, [.value(folded)])
    builder.seal(more)
    builder.move(to: more)
    builder.branch(
      .unsignedLess, next, .value(count), then: head, [.value(next), .value(folded)], otherwise: end,
      [.value(folded)])
    builder.seal(head)
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }
}
