/// A block of a function by its place in ``SSAFunction/blocks``.
struct SSABlockID: Hashable, Sendable, CustomStringConvertible {
  var number: Int32

  init(_ index: Int) { number = Int32(truncatingIfNeeded: index) }

  var index: Int { Int(number) }
  var description: String { "b\(number)" }
}

/// A way from one block to another, with what the other's parameters become.
struct SSAEdge: Hashable, Sendable {
  var target: SSABlockID
  var arguments: [SSAOperand]

  init(_ target: SSABlockID, _ arguments: [SSAOperand] = []) {
    self.target = target
    self.arguments = arguments
  }
}

/// How a block ends.
enum SSATerminator: Hashable, Sendable {
  case jump(SSAEdge)
  case branch(SSAComparison, SSAWidth, SSAOperand, SSAOperand, then: SSAEdge, otherwise: SSAEdge)
  /// Goes on to `next` until the kernel's own budget of turns is used up, then to `exhausted` (`may_goto`, kernel 6.9).
  case mayGoto(next: SSAEdge, exhausted: SSAEdge)
  case `return`(SSAOperand)
}

extension SSATerminator {
  /// The ways out, in the order of the text form.
  var edges: [SSAEdge] {
    switch self {
    case .jump(let edge): [edge]
    case .branch(_, _, _, _, let then, let otherwise): [then, otherwise]
    case .mayGoto(let next, let exhausted): [next, exhausted]
    case .return: []
    }
  }

  /// How many ways out there are.
  var edgeCount: Int {
    switch self {
    case .jump: 1
    case .branch, .mayGoto: 2
    case .return: 0
    }
  }

  /// Calls `body` on each way out and keeps what it makes of it.
  mutating func mapEdges(_ body: (inout SSAEdge) -> Void) {
    switch self {
    case .jump(var edge):
      body(&edge)
      self = .jump(edge)
    case .branch(let comparison, let width, let left, let right, var then, var otherwise):
      body(&then)
      body(&otherwise)
      self = .branch(comparison, width, left, right, then: then, otherwise: otherwise)
    case .mayGoto(var next, var exhausted):
      body(&next)
      body(&exhausted)
      self = .mayGoto(next: next, exhausted: exhausted)
    case .return: break
    }
  }

  /// Calls `body` on the way out at `index`, which counts as in ``edges``.
  mutating func withEdge(_ index: Int, _ body: (inout SSAEdge) -> Void) {
    var position = 0
    mapEdges { edge in
      if position == index { body(&edge) }
      position += 1
    }
  }

  /// Calls `body` on each operand, the arguments of the ways out included.
  func forEachOperand(_ body: (SSAOperand) -> Void) {
    switch self {
    case .jump(let edge): edge.arguments.forEach(body)
    case .branch(_, _, let left, let right, let then, let otherwise):
      body(left)
      body(right)
      then.arguments.forEach(body)
      otherwise.arguments.forEach(body)
    case .mayGoto(let next, let exhausted):
      next.arguments.forEach(body)
      exhausted.arguments.forEach(body)
    case .return(let operand): body(operand)
    }
  }

  /// Replaces each operand, the arguments of the ways out included, by what `transform` makes of it.
  mutating func mapOperands(_ transform: (SSAOperand) -> SSAOperand) {
    switch self {
    case .branch(let comparison, let width, let left, let right, let then, let otherwise):
      self = .branch(comparison, width, transform(left), transform(right), then: then, otherwise: otherwise)
    case .return(let operand): self = .return(transform(operand))
    case .jump, .mayGoto: break
    }
    mapEdges { edge in
      for index in edge.arguments.indices { edge.arguments[index] = transform(edge.arguments[index]) }
    }
  }
}
