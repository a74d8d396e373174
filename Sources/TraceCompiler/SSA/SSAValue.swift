/// The result of one instruction or the parameter of one block: 64 bits in a register, written once.
///
/// The number is dense within a function, so that facts about values live in arrays.
struct SSAValue: Hashable, Sendable, CustomStringConvertible {
  var number: Int32

  var index: Int { Int(number) }
  var description: String { "v\(number)" }
}

/// What an instruction reads: a value, or a constant that needs no register yet.
///
/// A constant may stand anywhere. `SelectImmediates` puts those into registers that no instruction can encode.
enum SSAOperand: Hashable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral {
  case value(SSAValue)
  case constant(Int64)

  init(integerLiteral value: Int64) { self = .constant(value) }

  var value: SSAValue? {
    if case .value(let value) = self { value } else { nil }
  }

  var constant: Int64? {
    if case .constant(let constant) = self { constant } else { nil }
  }

  var description: String {
    switch self {
    case .value(let value): value.description
    case .constant(let constant): String(constant)
    }
  }
}
