import Bytecode
import Diagnostics

/// Writes one function, instruction by instruction.
///
///     var builder = SSABuilder(name: "program", parameterCount: 1)
///     let now = builder.call(.ktimeGetNs)
///     let tooEarly = builder.createBlock(), later = builder.createBlock()
///     builder.branch(.unsignedLess, now, 1_000, then: tooEarly, otherwise: later)
///     …
///     let function = builder.finish()
///
/// Instructions go to the end of the current block (``move(to:)``) and bear ``span``. What follows a terminator before
/// the next ``move(to:)`` can never run and is dropped. Constants may stand for any operand.
/// Mutable variables of the source: ``declareVariable()`` and what stands beside it.
struct SSABuilder {
  /// The function as far as it is written.
  private(set) var function: SSAFunction
  /// The block that receives instructions; nil after a terminator.
  private(set) var currentBlock: SSABlockID?
  /// What instructions appended from here on serve.
  var span: SourceSpan?
  /// Per block, whether its terminator is written.
  private var terminated: [Bool] = [false]
  var variables = SSAVariables()

  init(name: String, parameterCount: Int) {
    function = SSAFunction(name: name, parameterCount: parameterCount)
    currentBlock = entry
    variables.addBlock(sealed: true)
  }

  var entry: SSABlockID { SSABlockID(0) }

  /// The parameters of the function, in r1, r2 and so on.
  var parameters: [SSAValue] { function.parameters }

  /// Whether instructions appended now can run.
  var isReachable: Bool { currentBlock != nil }

  // MARK: Blocks

  /// A new, empty block with that many parameters of its own.
  ///
  /// It must be sealed once all ways into it are written.
  mutating func createBlock(parameterCount: Int = 0) -> SSABlockID {
    let block = SSABlock(parameters: (0..<parameterCount).map { _ in function.makeValue() })
    function.blocks.append(block)
    terminated.append(false)
    variables.addBlock(sealed: false)
    return SSABlockID(function.blocks.count - 1)
  }

  func parameters(of block: SSABlockID) -> [SSAValue] { function[block].parameters }

  /// Appends to `block` from here on.
  mutating func move(to block: SSABlockID) {
    currentBlock = terminated[block.index] ? nil : block
  }

  /// Reserves `size` bytes of the stack, beginning at a multiple of 8.
  mutating func createFrameSlot(size: Int) -> FrameSlot {
    function.frameSlots.append(FrameSlotLayout(size: size, span: span))
    return FrameSlot(function.frameSlots.count - 1)
  }

  // MARK: Instructions

  /// Appends an instruction and gives its result; for one without a result, a value that must not be used.
  @discardableResult
  mutating func append(_ operation: SSAOperation) -> SSAValue {
    let value = function.makeValue()
    guard let block = currentBlock else { return value }
    function[block].instructions.append(
      SSAInstruction(result: operation.hasResult ? value : nil, operation: operation, span: span))
    return value
  }

  // MARK: Terminators

  mutating func terminate(_ terminator: SSATerminator) {
    guard let block = currentBlock else { return }
    function[block].terminator = terminator
    function[block].terminatorSpan = span
    terminated[block.index] = true
    currentBlock = nil
    for (index, edge) in terminator.edges.enumerated() { addPredecessor(block, edgeIndex: index, of: edge.target) }
  }

  /// Ends the function: what no terminator closes returns 0, and every block is sealed.
  consuming func finish() -> SSAFunction {
    for index in function.blocks.indices { seal(SSABlockID(index)) }
    return function
  }
}

// MARK: Access for the variables' file

extension SSABuilder {
  /// Adds a parameter to `block` for a variable, with a stand-in argument on each way in that is already written.
  mutating func addParameter(to block: SSABlockID) -> SSAValue {
    let value = function.makeValue()
    function[block].parameters.append(value)
    for way in variables.predecessors[block.index] {
      function[way.block].terminator.withEdge(way.edgeIndex) { $0.arguments.append(0) }
    }
    return value
  }

  mutating func setArgument(_ argument: SSAOperand, at parameter: Int, from way: SSAVariables.Way) {
    function[way.block].terminator.withEdge(way.edgeIndex) { $0.arguments[parameter] = argument }
  }

  /// A value for code that can never run.
  mutating func makeUnusedValue() -> SSAValue { function.makeValue() }

  /// Puts a 0 at the top of `block`.
  mutating func insertZero(in block: SSABlockID) -> SSAValue {
    let value = function.makeValue()
    function[block].instructions.insert(SSAInstruction(result: value, operation: .constant(0), span: nil), at: 0)
    return value
  }

  private mutating func addPredecessor(_ block: SSABlockID, edgeIndex: Int, of target: SSABlockID) {
    let missing = function[target].parameters.count
    function[block].terminator.withEdge(edgeIndex) { edge in
      while edge.arguments.count < missing { edge.arguments.append(0) }
    }
    variables.predecessors[target.index].append(SSAVariables.Way(block: block, edgeIndex: edgeIndex))
  }
}
