/// What a command says and how it ends, when it has no more to do than to say it.
struct Answer: Hashable, Sendable {
  var status: UInt8
  var output = ""
  var errors = ""

  /// A success with this output.
  static func said(_ output: String) -> Answer { Answer(status: 0, output: output) }
  /// A failure with these words on standard error.
  static func refused(_ errors: String) -> Answer { Answer(status: 1, errors: errors) }
}
