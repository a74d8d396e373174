import Testing

@testable import TraceCompiler

@Suite struct ParallelMoveTests {
  /// Registers 0 to 5 and stack places 0 to 2 are permuted and copied at random; the order must do what all at once do.
  @Test func orderDoesWhatAllAtOnceDo() {
    var random = SeededGenerator(seed: 1)
    let places: [MoveTarget] = (0..<6).map { .register($0) } + (0..<3).map { .spill($0) }
    let temporary = MoveTarget.register(9)
    for _ in 0..<2_000 {
      let targets = places.shuffled(using: &random).prefix(Int.random(in: 1...9, using: &random))
      let moves = targets.map { Move(source: (places.randomElement(using: &random) ?? $0).source, target: $0) }
      var state: [MoveSource: Int] = [:]
      for (index, place) in places.enumerated() { state[place.source] = index }
      var expected = state
      for move in moves { expected[move.target.source] = state[move.source] }
      for move in ParallelMove.sequence(moves, temporary: temporary) { state[move.target.source] = state[move.source] }
      state[temporary.source] = nil
      #expect(state == expected)
    }
  }

  @Test func chainsNeedNoTemporary() {
    let moves = [
      Move(source: .register(1), target: .register(2)), Move(source: .register(2), target: .register(3)),
      Move(source: .register(4), target: .register(4)),
    ]
    #expect(
      ParallelMove.sequence(moves, temporary: .register(9)) == [
        Move(source: .register(2), target: .register(3)), Move(source: .register(1), target: .register(2)),
      ])
  }
}
