/// Writes the debug metadata of functions, and drops every attachment that the backend has no use for.
///
/// What Swift and LLVM attach besides speaks of aliasing and likelihood by nodes of the module that was read.
enum DebugLocations: RewritingRule {
  static func apply(to rewriting: inout Rewriting) {
    // All functions first: a location may name one that comes later.
    for index in rewriting.module.functions.indices {
      if CallbackChecks.isCopy(rewriting.module.functions[index]) {
        // Its subprogram is that of the function that it is a copy of; inlined, it has the lines of the call.
        rewriting.module.functions[index].attachments = []
        for line in rewriting.module.functions[index].body.indices {
          rewriting.module.functions[index].body[line].attachments.removeAll { $0.kind == "dbg" }
        }
      }
      let function = rewriting.module.functions[index]
      guard case .read(let number)? = function.subprogram else { continue }
      let signature = DebugInformation.Signature(
        name: rewriting.names[function.name] ?? function.name, isProgram: function.isProgram, result: function.result,
        parameters: function.parameters.map(\.type))
      let written = rewriting.debug.subprogram(number, signature)
      rewriting.module.functions[index].subprogram = .written(written)
    }
    for index in rewriting.module.functions.indices {
      for line in rewriting.module.functions[index].body.indices {
        let attachments = rewriting.module.functions[index].body[line].attachments
        if attachments.isEmpty { continue }
        rewriting.module.functions[index].body[line].attachments = attachments.compactMap { attachment in
          written(attachment, &rewriting.debug)
        }
      }
    }
    for index in rewriting.module.declarations.indices {
      rewriting.module.declarations[index].attachments = rewriting.module.declarations[index].attachments.compactMap {
        written($0, &rewriting.debug)
      }
    }
    let flags = [
      rewriting.debug.writer.add("!{i32 7, !\"Dwarf Version\", i32 4}"),
      rewriting.debug.writer.add("!{i32 2, !\"Debug Info Version\", i32 3}"),
    ]
    rewriting.module.moduleFlags = flags
    rewriting.module.compileUnits = [rewriting.debug.finishUnit()]
  }

  private static func written(
    _ attachment: MetadataAttachment, _ debug: inout DebugInformation
  ) -> MetadataAttachment? {
    guard case .read(let number) = attachment.node else { return attachment }
    let node: Int? =
      switch attachment.kind {
      case "dbg":
        debug.table.node(number, contains: "DILocation")
          ? debug.scope(debug.ownLocation(number)) : debug.copy(number)
      case "llvm.preserve.access.index", "range": debug.copy(number)
      default: nil
      }
    return node.map { MetadataAttachment(kind: attachment.kind, node: .written($0)) }
  }
}
