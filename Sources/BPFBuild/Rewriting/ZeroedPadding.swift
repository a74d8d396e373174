internal import Diagnostics

/// Makes local values as long as their stride and clears the bytes that no field owns.
///
/// Keys, values and records go to the kernel by address, with the stride as their length. What lies between and behind the
/// fields must not be left over from the stack: it would tell keys apart, and older kernels refuse to read it.
/// The optimiser removes what is overwritten.
enum ZeroedPadding: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    var needsDeclaration = false
    for index in rewriting.module.functions.indices {
      if pad(&rewriting.module.functions[index], rewriting.sizes) { needsDeclaration = true }
    }
    let symbol = "llvm.memset.p0.i64"
    if needsDeclaration, !rewriting.module.declarations.contains(where: { $0.name == symbol }),
      let declaration = IRDeclaration(line: "declare void @\(symbol)(ptr, i8, i64, i1 immarg)")
    {
      rewriting.module.declarations.append(declaration)
    }
  }

  private struct Local {
    var stride: Int
    var alignment: Int
  }

  private static func pad(_ function: inout IRFunction, _ sizes: TypeSizes) -> Bool {
    var locals: [String: Local] = [:]
    for line in function.body.indices {
      let instruction = function.body[line]
      guard instruction.text.hasPrefix("alloca "), let result = instruction.result else { continue }
      var cursor = IRCursor(instruction.text)
      guard cursor.skip("alloca "), let type = cursor.type(), cursor.skip(", align "), let alignment = cursor.integer(),
        let layout = sizes.layout(of: type), layout.hasPadding || layout.size != layout.stride, layout.size > 0
      else { continue }
      let padded = max(alignment, layout.alignment)
      locals[result] = Local(stride: layout.stride, alignment: padded)
      if layout.size != layout.stride {
        function.body[line].text = "alloca [\(layout.stride) x i8], align \(padded)"
      }
    }
    if locals.isEmpty { return false }
    var body: [IRInstruction] = []
    var cleared = false
    for instruction in function.body {
      guard instruction.text.contains(text: "@llvm.lifetime."), var call = IRCall(instruction),
        let last = call.arguments.last, let local = locals[last.value]
      else {
        body.append(instruction)
        continue
      }
      var marked = instruction
      if call.arguments.count == 2 { call.arguments[0].value = "\(local.stride)" }
      marked.text = call.text
      body.append(marked)
      if call.symbol?.hasPrefix("llvm.lifetime.start") == true {
        cleared = true
        body.append(
          IRInstruction(
            "call void @llvm.memset.p0.i64(ptr align \(local.alignment) \(last.value), i8 0, i64 \(local.stride), i1 false)",
            attachments: instruction.attachments))
      }
    }
    function.body = body
    return cleared
  }
}
