/// Tells by comparisons whether arithmetic overflows, where LLVM would call a function or compute at length.
///
/// For a product of two 64-bit numbers LLVM would make one of 128 bits with a function (`__multi3`), which a kernel
/// program has not. A division tells the same, and numbers below 2³² need none. Of all signed numbers only the least has
/// no negative.
enum OverflowChecks: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    var count = 0
    var needed: Set<String> = []
    for index in rewriting.module.functions.indices {
      var body: [IRInstruction] = []
      for instruction in rewriting.module.functions[index].body {
        if let operation = Operation(instruction, number: count) {
          count += 1
          body += operation.lines
          if let function = operation.function { needed.insert(function) }
        } else {
          body.append(instruction)
        }
      }
      rewriting.module.functions[index].body = body
    }
    if needed.contains(signedOverflows) { needed.insert(overflows) }
    for (name, text) in [(overflows, overflowsText), (signedOverflows, signedOverflowsText)] where needed.contains(name)
    {
      guard var function = IRFunction(lines: text.split(separator: "\n")) else { continue }
      function.attributes = PlainAttributes.alwaysInline
      rewriting.module.functions.append(function)
    }
  }

  /// An operation that says whether it overflows, and what stands in its place.
  private struct Operation {
    var lines: [IRInstruction] = []
    /// The function that it calls.
    var function: String?
    private let name: String
    private let attachments: [MetadataAttachment]

    init?(_ instruction: IRInstruction, number: Int) {
      guard instruction.operation == "call", let call = IRCall(instruction), let result = instruction.result,
        let symbol = call.symbol, call.arguments.count == 2
      else { return nil }
      name = "%overflow.\(number)"
      attachments = instruction.attachments
      let type = call.arguments[0].type
      let (left, right) = (call.arguments[0].value, call.arguments[1].value)
      switch symbol {
      case "llvm.umul.with.overflow.i64": multiply(left, right, isSigned: false)
      case "llvm.smul.with.overflow.i64": multiply(left, right, isSigned: true)
      case "llvm.ssub.with.overflow.i8", "llvm.ssub.with.overflow.i16", "llvm.ssub.with.overflow.i32",
        "llvm.ssub.with.overflow.i64":
        guard left == "0", let bits = Int64(type.dropFirst()) else { return nil }
        add("value", "sub \(type) 0, \(right)")
        add("happens", "icmp eq \(type) \(right), \(Int64.min >> (64 - bits))")
      default: return nil
      }
      add("pair", "insertvalue { \(type), i1 } poison, \(type) \(name).value, 0")
      lines.append(
        IRInstruction(
          result: result, "insertvalue { \(type), i1 } \(name).pair, i1 \(name).happens, 1", attachments: attachments))
    }

    private mutating func add(_ value: String, _ text: String) {
      lines.append(IRInstruction(result: "\(name).\(value)", text, attachments: attachments))
    }

    private mutating func multiply(_ left: String, _ right: String, isSigned: Bool) {
      let (left, right) = Int64(left) == nil ? (left, right) : (right, left)
      add("value", "mul i64 \(left), \(right)")
      // A factor that is known needs a comparison only.
      if let factor = Int64(right), !isSigned, factor != 0 {
        add("happens", "icmp ugt i64 \(left), \(Int64(bitPattern: .max / UInt64(bitPattern: factor)))")
      } else if let factor = Int64(right), factor > 0 {
        add("above", "icmp sgt i64 \(left), \(Int64.max / factor)")
        add("below", "icmp slt i64 \(left), \(Int64.min / factor)")
        add("happens", "or i1 \(name).above, \(name).below")
      } else {
        let callee = isSigned ? signedOverflows : overflows
        function = callee
        add("happens", "call i1 @\(callee)(i64 \(left), i64 \(right))")
      }
    }
  }

  private static let overflows = "swift_product_overflows"
  private static let signedOverflows = "swift_signed_product_overflows"

  // Each is what `IRFunction` reads: a definition up to its closing brace.

  /// The assembly hides the quotient: LLVM would see what it is for and multiply again.
  ///
  /// Its group is ``PlainAttributes/pure``, so that it goes where nobody asks for the overflow.
  private static let overflowsText = """
    define internal i1 @swift_product_overflows(i64 %a, i64 %b) {
    entry:
      %either = or i64 %a, %b
      %high = lshr i64 %either, 32
      %isSmall = icmp eq i64 %high, 0
      br i1 %isSmall, label %fits, label %big
    big:
      %isZero = icmp eq i64 %b, 0
      br i1 %isZero, label %fits, label %divide
    divide:
      %quotient = udiv i64 -1, %b
      %most = call i64 asm "", "=r,0"(i64 %quotient) #902
      %overflows = icmp ugt i64 %a, %most
      ret i1 %overflows
    fits:
      ret i1 false
    """

  /// Magnitudes are multiplied; a negative product may be larger by one.
  private static let signedOverflowsText = """
    define internal i1 @swift_signed_product_overflows(i64 %a, i64 %b) {
    entry:
      %signA = ashr i64 %a, 63
      %flipA = xor i64 %a, %signA
      %sizeA = sub i64 %flipA, %signA
      %signB = ashr i64 %b, 63
      %flipB = xor i64 %b, %signB
      %sizeB = sub i64 %flipB, %signB
      %overflows = call i1 @swift_product_overflows(i64 %sizeA, i64 %sizeB)
      br i1 %overflows, label %outside, label %compare
    compare:
      %sign = xor i64 %signA, %signB
      %most = sub i64 9223372036854775807, %sign
      %size = mul i64 %sizeA, %sizeB
      %isOutside = icmp ugt i64 %size, %most
      ret i1 %isOutside
    outside:
      ret i1 true
    """
}
