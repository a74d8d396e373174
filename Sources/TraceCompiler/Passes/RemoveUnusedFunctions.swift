/// Drops functions that the entry neither calls nor passes on, however indirectly: the kernel refuses programs with code
/// that cannot be reached.
struct RemoveUnusedFunctions {
  static let name = "remove-unused-functions"

  func run(on module: inout SSAModule) {
    guard module.functions.count > 1 else { return }
    var isUsed = [Bool](repeating: false, count: module.functions.count)
    isUsed[0] = true
    var work = [0]
    while let index = work.popLast() {
      for callee in module.functions[index].callees where isUsed.indices.contains(callee) && !isUsed[callee] {
        isUsed[callee] = true
        work.append(callee)
      }
    }
    guard isUsed.contains(false) else { return }
    var places = [Int](repeating: 0, count: isUsed.count)
    var kept: [SSAFunction] = []
    for (index, function) in module.functions.enumerated() where isUsed[index] {
      places[index] = kept.count
      kept.append(function)
    }
    for index in kept.indices {
      for block in kept[index].blocks.indices {
        for place in kept[index].blocks[block].instructions.indices {
          switch kept[index].blocks[block].instructions[place].operation {
          case .functionAddress(let callee) where places.indices.contains(callee):
            kept[index].blocks[block].instructions[place].operation = .functionAddress(places[callee])
          case .callFunction(let callee, let arguments) where places.indices.contains(callee):
            kept[index].blocks[block].instructions[place].operation = .callFunction(places[callee], arguments)
          default: break
          }
        }
      }
    }
    module.functions = kept
  }
}

extension SSAFunction {
  /// The functions that this one calls or takes the address of, ascending.
  var callees: [Int] {
    var callees: Set<Int> = []
    for block in blocks {
      for instruction in block.instructions {
        switch instruction.operation {
        case .functionAddress(let index), .callFunction(let index, _): callees.insert(index)
        default: break
        }
      }
    }
    return callees.sorted()
  }
}
