/// A mutable variable of the source, while its function is being written.
struct SSAVariable: Hashable, Sendable {
  var index: Int
}

/// What is known of each variable at the end of each block.
///
/// The construction is that of Braun et al., "Simple and Efficient Construction of Static Single Assignment Form" (CC
/// 2013): a block asks its predecessors, and gets a parameter where they may differ. Parameters that turn out to be
/// redundant are left to `PropagateCopies`.
struct SSAVariables {
  /// A way into a block.
  struct Way {
    var block: SSABlockID
    var edgeIndex: Int
  }

  struct Key: Hashable {
    var block: SSABlockID
    var variable: SSAVariable
  }

  var count = 0
  var predecessors: [[Way]] = []
  fileprivate var sealed: [Bool] = []
  fileprivate var definitions: [Key: SSAValue] = [:]
  /// Parameters of blocks that are not sealed yet, with the place of each.
  fileprivate var incomplete: [SSABlockID: [(variable: SSAVariable, parameter: Int)]] = [:]

  mutating func addBlock(sealed isSealed: Bool) {
    predecessors.append([])
    sealed.append(isSealed)
  }
}

extension SSABuilder {
  /// A new variable.
  ///
  /// Reading it before anything is written gives 0.
  mutating func declareVariable() -> SSAVariable {
    defer { variables.count += 1 }
    return SSAVariable(index: variables.count)
  }

  /// Makes `value` what the variable holds from here on.
  mutating func write(_ variable: SSAVariable, _ value: SSAValue) {
    guard let block = currentBlock else { return }
    variables.definitions[SSAVariables.Key(block: block, variable: variable)] = value
  }

  /// What the variable holds here.
  mutating func read(_ variable: SSAVariable) -> SSAValue {
    guard let block = currentBlock else { return makeUnusedValue() }
    return read(variable, in: block)
  }

  /// Says that every way into `block` is written.
  ///
  /// Blocks that are still open are sealed by ``finish()``.
  mutating func seal(_ block: SSABlockID) {
    guard !variables.sealed[block.index] else { return }
    variables.sealed[block.index] = true
    complete(variables.incomplete.removeValue(forKey: block)?.map { (block, $0.variable, $0.parameter) } ?? [])
  }

  private mutating func read(_ variable: SSAVariable, in block: SSABlockID) -> SSAValue {
    var pending: [(SSABlockID, SSAVariable, Int)] = []
    let value = find(variable, from: block, pending: &pending)
    complete(pending)
    return value
  }

  /// Gives parameters their arguments, which may need further parameters.
  private mutating func complete(_ parameters: [(SSABlockID, SSAVariable, Int)]) {
    var pending = parameters
    while let (block, variable, parameter) = pending.popLast() {
      for way in variables.predecessors[block.index] {
        let value = find(variable, from: way.block, pending: &pending)
        setArgument(.value(value), at: parameter, from: way)
      }
    }
  }

  /// The value at the end of `block`: its own, or its predecessors', or a parameter whose arguments are then `pending`.
  private mutating func find(
    _ variable: SSAVariable, from block: SSABlockID, pending: inout [(SSABlockID, SSAVariable, Int)]
  ) -> SSAValue {
    var path: [SSABlockID] = []
    var block = block
    let found: SSAValue
    while true {
      path.append(block)
      if let value = variables.definitions[SSAVariables.Key(block: block, variable: variable)] {
        found = value
        break
      }
      let ways = variables.predecessors[block.index]
      if variables.sealed[block.index], ways.isEmpty {
        found = insertZero(in: block)
        break
      }
      if variables.sealed[block.index], ways.count == 1, let way = ways.first,
        path.count <= function.blocks.count
      {
        block = way.block
        continue
      }
      found = addParameter(to: block)
      let parameter = parameters(of: block).count - 1
      if variables.sealed[block.index] {
        pending.append((block, variable, parameter))
      } else {
        variables.incomplete[block, default: []].append((variable, parameter))
      }
      break
    }
    for block in path { variables.definitions[SSAVariables.Key(block: block, variable: variable)] = found }
    return found
  }
}
