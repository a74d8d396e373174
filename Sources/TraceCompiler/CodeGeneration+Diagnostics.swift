import Diagnostics

extension Diagnostic {
  /// More working memory than the kernel gives out in one piece for each CPU.
  static func scratchTooBig(_ byteCount: Int, _ limit: Int, at probe: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "scratch-too-big", at: probe,
      "The probe needs \(byteCount) bytes of working memory, and the kernel gives a program \(limit) per CPU",
      hints: [
        "make its strings shorter: str(…, LENGTH), or config = { max_strlen = … }", "split it into several probes",
      ])
  }

  /// What a program is too much of for the kernel, in the words of whoever wrote the script.
  static func codeGeneration(_ error: CodeGenerationError, at probe: SourceSpan) -> Diagnostic {
    switch error {
    case .stackTooBig(_, let byteCount, let span), .stackOfCallsTooBig(_, let byteCount, let span):
      Diagnostic(
        .error, id: "stack-too-big", at: span ?? probe,
        "This needs \(byteCount) bytes of stack, and the kernel gives a program 512",
        hints: ["split the expression, or put parts of it into variables"])
    case .jumpTooFar(_, _, let span):
      Diagnostic(
        .error, id: "program-too-long", at: span ?? probe, "The program is too long to jump across this",
        hints: ["split the probe's body into several probes"])
    case .tooManyInstructions(let count, let limit):
      Diagnostic(
        .error, id: "too-many-instructions", at: probe,
        "The program has \(count) instructions, and the kernel accepts \(limit)",
        hints: ["split the probe's body into several probes, or use a loop instead of unroll"])
    case .notEncodable(let operation, _, let span):
      Diagnostic(
        .error, id: "not-encodable", at: span ?? probe, "This kernel's instruction set has no form of \(operation)",
        hints: ["a newer kernel has it; `bpf trace --info` tells what this one can do"])
    case .malformed(let reason):
      Diagnostic(
        .error, id: "malformed-program", at: probe, "The compiler made a program that it does not accept: \(reason)",
        hints: ["this is a fault of the compiler: please report it with the script"])
    }
  }
}
