import TraceCompiler

/// The places of a program that one link can serve together.
struct MultiProbePlan: Hashable, Sendable {
  /// What the program must be loaded for.
  var reach: ProgramLoader.Reach
  /// Whether the places are the functions' returns.
  var onReturn: Bool
  /// The places, those of one link together: all kernel functions, or the functions of one file.
  var groups: [[CompiledProgram.Attachment]]

  /// Plans for a program; nil when its places need an attachment each.
  ///
  /// A kernel function with an offset or in a named module can be had as a kprobe only. User functions go on such a link
  /// even when there is one: it needs CAP_PERFMON where a uprobe event needs CAP_SYS_ADMIN, and detaches sooner.
  init?(_ program: CompiledProgram) {
    guard case .kprobe = program.kind else { return nil }
    var files: [String: [CompiledProgram.Attachment]] = [:]
    var order: [String] = []
    var returns: Set<Bool> = []
    var kernelFunctions: [CompiledProgram.Attachment] = []
    for attachment in program.attachments {
      switch attachment.site {
      case .kernelFunction(nil, _, 0, let isReturn):
        kernelFunctions.append(attachment)
        returns.insert(isReturn)
      case .userFunction(let path, _, _, let isReturn):
        if files[path] == nil { order.append(path) }
        files[path, default: []].append(attachment)
        returns.insert(isReturn)
      default: return nil
      }
    }
    // The kernel fixes whether a link is for returns once for all of its places.
    guard returns.count == 1, let onReturn = returns.first, kernelFunctions.isEmpty || files.isEmpty else { return nil }
    self.onReturn = onReturn
    if files.isEmpty {
      guard kernelFunctions.count > 1 else { return nil }
      reach = .manyKernelFunctions
      groups = [kernelFunctions]
    } else {
      reach = .manyUserFunctions
      groups = order.compactMap { files[$0] }
    }
  }
}
