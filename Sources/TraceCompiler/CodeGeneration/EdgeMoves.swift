/// The moves that each way between blocks needs: parameters, and values that are kept elsewhere behind it.
///
/// They stand at the end of a block that has one way out, else at the beginning of the block that has one way in; critical
/// ways have been split before.
struct EdgeMoves {
  /// Per block, the moves at its beginning.
  private(set) var atStart: [[Move]]
  /// Per block, the moves before its terminator.
  private(set) var atEnd: [[Move]]

  init(_ function: SSAFunction, _ allocation: Allocation, _ flow: SSAControlFlow, _ liveness: Liveness) {
    atStart = Array(repeating: [], count: function.blocks.count)
    atEnd = Array(repeating: [], count: function.blocks.count)
    for (index, block) in function.blocks.enumerated() {
      let end = allocation.live.blockStarts[index + 1]
      for edge in block.terminator.edges {
        let target = edge.target.index
        let start = allocation.live.blockStarts[target]
        var moves: [Move] = []
        for (argument, parameter) in zip(edge.arguments, function.blocks[target].parameters) {
          let destination: MoveTarget
          switch allocation.place(of: parameter, from: start) {
          case .register(let register): destination = .register(register)
          case .stack: destination = .spill(allocation.spillSlots[parameter.index])
          case .none: continue
          }
          if let source = Self.source(argument, allocation, readAt: end) {
            moves.append(Move(source: source, target: destination))
          }
        }
        liveness.forEachLiveIn(target) { value in
          guard allocation.live.rematerialized[value.index] == nil,
            case .register(let register) = allocation.place(of: value, from: start),
            let source = Self.source(.value(value), allocation, readAt: end),
            source != .register(register)
          else { return }
          moves.append(Move(source: source, target: .register(register)))
        }
        if block.terminator.edgeCount == 1 { atEnd[index] += moves } else { atStart[target] += moves }
      }
    }
    for index in function.blocks.indices {
      atStart[index].removeAll { $0.source == $0.target.source }
      atEnd[index].removeAll { $0.source == $0.target.source }
    }
  }

  /// Where an operand comes from for what stands at `position`.
  static func source(_ operand: SSAOperand, _ allocation: Allocation, readAt position: Int32) -> MoveSource? {
    switch operand {
    case .constant(let constant): return .made(.constant(constant))
    case .value(let value):
      if let operation = allocation.live.rematerialized[value.index] { return .made(operation) }
      switch allocation.place(of: value, readAt: position) {
      case .register(let register): return .register(register)
      case .stack: return .spill(allocation.spillSlots[value.index])
      case .none: return nil
      }
    }
  }
}
