/// A place in a process's code.
public struct UserSymbol: Hashable, Sendable {
  /// The function's name, as its author or as its file has it: see ``ProcessSymbols/init(debugFiles:demanglesNames:)``.
  public let name: String
  /// The distance from the function's start in bytes.
  public let offset: UInt64
  /// The path of the file as the process sees it, or a name in brackets such as `[vdso]`.
  public let modulePath: String

  /// A place so many bytes behind the start of a function.
  public init(name: String, offset: UInt64, modulePath: String) {
    self.name = name
    self.offset = offset
    self.modulePath = modulePath
  }
}
