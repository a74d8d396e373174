import Bytecode

extension SSAModule {
  /// The program that the module means, for a kernel with `target`'s instruction set.
  ///
  /// `dump` receives the module as it comes and behind each pass.
  consuming func compile(
    for target: CodeGenerationTarget, dump: ((String, SSAModule) -> Void)? = nil
  ) throws(CodeGenerationError) -> ProgramCode {
    var module = self
    dump?("lowered", module)
    do {
      #if DEBUG
        try PassPipeline(level: target.level).run(on: &module, verifying: true, dump: dump)
      #else
        try PassPipeline(level: target.level).run(on: &module, dump: dump)
      #endif
    } catch {
      throw .malformed(error.description)
    }
    return try CodeGenerator.generate(module, for: target)
  }
}
