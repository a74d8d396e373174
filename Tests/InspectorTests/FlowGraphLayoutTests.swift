import Testing

@testable import Inspector

@Suite struct FlowGraphLayoutTests {
  private func layout(_ count: Int, _ arrows: [(from: Int, to: Int)]) -> FlowGraphLayout {
    FlowGraphLayout(boxes: Array(repeating: (100, 40), count: count), arrows: arrows)
  }

  private func expectApart(_ layout: FlowGraphLayout) {
    let boxes = layout.nodes.filter(\.isBox)
    for (place, one) in boxes.enumerated() {
      for other in boxes[(place + 1)...] {
        let isBeside = one.x + one.width <= other.x + 0.01 || other.x + other.width <= one.x + 0.01
        let isAbove = one.y + one.height <= other.y || other.y + other.height <= one.y
        #expect(isBeside || isAbove)
      }
    }
  }

  @Test func layersFollowTheArrows() {
    let diamond = layout(4, [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3)])
    #expect(diamond.nodes.prefix(4).map(\.layer) == [0, 1, 1, 2])
    // The long arrow passes the layer between.
    #expect(diamond.arrows.map(\.through.count) == [0, 0, 0, 0, 1])
    expectApart(diamond)
  }

  @Test func loopsLeadUp() {
    let loop = layout(3, [(0, 1), (1, 1), (1, 2), (2, 0)])
    #expect(loop.arrows.map(\.leadsUp) == [false, true, false, true])
    #expect(loop.nodes.map(\.layer) == [0, 1, 2])
    expectApart(loop)
  }

  @Test func whatNothingLeadsToHasAPlace() {
    let apart = layout(3, [(0, 1)])
    expectApart(apart)
    #expect(layout(0, []).height <= 0)
  }

  @Test func manyBoxesLieApart() {
    var arrows: [(from: Int, to: Int)] = []
    for box in 0..<60 { arrows += [(box, min(59, box + 1)), (box, (box * 7 + 3) % 60)] }
    expectApart(layout(60, arrows.filter { $0.from != $0.to }))
  }
}
