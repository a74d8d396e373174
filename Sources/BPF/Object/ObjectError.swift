public import BTF
public import ELF
public import LinuxSystem

/// Why an object file cannot be used: which file and place in it, what is wrong and what was expected.
public struct ObjectError: Error, Hashable, Sendable {
  /// The file's path, or the name that its bytes were given.
  public var object: String
  /// The section at fault.
  public var section: String?
  /// The symbol at fault: a function, a map, a variable.
  public var symbol: String?
  /// The byte in the section.
  public var offset: Int?
  /// What is wrong.
  public var reason: Reason

  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The file cannot be read.
    case unreadable(SystemCallError)
    /// The bytes are no well-formed ELF file.
    case elf(ELFError)
    /// The type information is not well-formed.
    case types(BTFError)
    /// It is an ELF file of another kind than was expected.
    case wrongFile(found: String, expected: String)
    /// Something is not as it has to be.
    case malformed(found: String, expected: String)
    /// Something is not there.
    case missing(String)
    /// Something is there more than once.
    case duplicate(String)
    /// Something is used in a way that BPF objects cannot.
    case unsupported(String)
  }

  /// A reason with its place.
  public init(
    _ reason: Reason, object: String, section: String? = nil, symbol: String? = nil, offset: Int? = nil
  ) {
    self.object = object
    self.section = section
    self.symbol = symbol
    self.offset = offset
    self.reason = reason
  }
}
