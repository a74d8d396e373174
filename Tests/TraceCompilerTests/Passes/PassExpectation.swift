import Testing

@testable import TraceCompiler

/// Checks that `pass` turns the blocks of `input` into those of `output`, both in the text form of one function that takes
/// one parameter and has a stack slot of 64 bytes, and that the form stays valid.
func expect(
  _ pass: some SSAPass, _ input: String, becomes output: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  func whole(_ body: String) -> String {
    "func f(v0) {\n  slot s0 64\n"
      + body.split(separator: "\n").map { $0.hasPrefix("b") ? "\($0)\n" : "  \($0.drop { $0 == " " })\n" }.joined()
      + "}\n"
  }
  var function = try SSAParser.parseFunction(whole(input))
  try SSAVerifier.check(function)
  pass.run(on: &function)
  try SSAVerifier.check(function)
  #expect(SSAPrinter.text(of: function) == whole(output), sourceLocation: sourceLocation)
}
