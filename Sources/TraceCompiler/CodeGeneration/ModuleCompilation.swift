import Bytecode

extension SSAModule {
  /// Debug builds check.
  static var checksEachPassByDefault: Bool {
    #if DEBUG
      true
    #else
      false
    #endif
  }

  /// The program that the module means, for a kernel with `target`'s instruction set.
  ///
  /// `dump` receives the module as it comes and behind each pass.
  consuming func compile(
    for target: CodeGenerationTarget, checksEachPass: Bool = Self.checksEachPassByDefault,
    dump: ((String, SSAModule) -> Void)? = nil
  ) throws(CodeGenerationError) -> ProgramCode {
    var module = self
    dump?("lowered", module)
    do {
      try PassPipeline(level: target.level).run(on: &module, verifying: checksEachPass, dump: dump)
    } catch {
      throw .malformed(error.description)
    }
    return try CodeGenerator.generate(module, for: target)
  }
}
