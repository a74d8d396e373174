import Bytecode

/// Lets loads and stores add the constant part of their address themselves.
///
/// Addresses within one map's value count from its beginning, so that they share one register.
struct FoldAddresses: SSAPass {
  static let name = "fold-addresses"

  func run(on function: inout SSAFunction) {
    let definitions = function.definitions()
    for block in function.blocks.indices {
      var instructions: [SSAInstruction] = []
      instructions.reserveCapacity(function.blocks[block].instructions.count)
      var origins: [MapReference: SSAValue] = [:]
      for var instruction in function.blocks[block].instructions {
        instruction.operation.mapAddresses { address in
          address = folded(address, definitions)
          guard case .value(let base) = address.base,
            case .mapValueAddress(let map, let offset)? = definitions[base.index], offset != 0,
            let sum = Self.sum(offset, Int64(address.offset))
          else { return }
          let origin: SSAValue
          if let known = origins[map] {
            origin = known
          } else {
            origin = function.makeValue()
            origins[map] = origin
            instructions.append(
              SSAInstruction(result: origin, operation: .mapValueAddress(map, offset: 0), span: instruction.span))
          }
          address = SSAAddress(origin, offset: sum)
        }
        instructions.append(instruction)
      }
      function.blocks[block].instructions = instructions
    }
  }

  private func folded(_ address: SSAAddress, _ definitions: [SSAOperation?]) -> SSAAddress {
    var address = address
    while case .value(let base) = address.base,
      case .binary(.add, .bits64, .value(let inner), .constant(let constant))? = definitions[base.index],
      let sum = Self.sum(address.offset, constant)
    {
      address = SSAAddress(inner, offset: sum)
    }
    return address
  }

  /// The sum, where an instruction can state it, with room for what copying and clearing add.
  private static func sum(_ offset: Int32, _ constant: Int64) -> Int32? {
    let (sum, overflow) = Int64(offset).addingReportingOverflow(constant)
    return overflow || abs(sum) > 16_384 ? nil : Int32(truncatingIfNeeded: sum)
  }
}

extension SSAOperation {
  /// Lets `body` change the addresses of memory that the operation accesses.
  mutating func mapAddresses(_ body: (inout SSAAddress) -> Void) {
    switch self {
    case .load(let size, let signed, var address):
      body(&address)
      self = .load(size, signed: signed, address)
    case .store(let size, var address, let value):
      body(&address)
      self = .store(size, address, value)
    case .atomic(let operation, let size, var address, let value, let fetch):
      body(&address)
      self = .atomic(operation, size, address, value, fetch: fetch)
    case .compareExchange(let size, var address, let expected, let desired):
      body(&address)
      self = .compareExchange(size, address, expected: expected, desired: desired)
    case .zeroMemory(var address, let count, let alignment):
      body(&address)
      self = .zeroMemory(address, count: count, alignment: alignment)
    case .copyMemory(var target, var source, let count, let alignment):
      body(&target)
      body(&source)
      self = .copyMemory(to: target, from: source, count: count, alignment: alignment)
    default: break
    }
  }
}
