public import Diagnostics

/// Why a program that is correct cannot be given to the kernel.
public enum CodeGenerationError: Error, Hashable, Sendable {
  /// A function needs more than the kernel's 512 bytes of stack (`MAX_BPF_STACK`); `span` needs the biggest part of it.
  case stackTooBig(function: String, byteCount: Int, span: SourceSpan?)
  /// A function and those it calls need more than 512 bytes together, each rounded up to 32 as the kernel counts.
  case stackOfCallsTooBig(functions: [String], byteCount: Int, span: SourceSpan?)
  /// A jump is too far for the instruction set at hand.
  case jumpTooFar(function: String, distance: Int, span: SourceSpan?)
  /// More instructions than the kernel accepts.
  case tooManyInstructions(count: Int, limit: Int)
  /// The module breaks a rule of its form: a fault of the compiler itself, which only checked builds look for.
  case malformed(String)
  /// The instruction set at hand, or the encoding, has no form of this operation.
  case notEncodable(operation: String, function: String, span: SourceSpan?)
}
