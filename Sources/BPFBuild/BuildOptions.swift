/// How an object is to be built.
public struct BuildOptions: Hashable, Sendable {
  /// The instruction set that the code may use.
  public var instructionSet: InstructionSet = .v3
  /// What happens when one of Swift's checks fails.
  public var traps: TrapPolicy = .count
  /// Whether DWARF stays in the object; BTF, with its lines, always does.
  public var keepsDebugInformation = false
  /// Whether the compilers may colour what they say.
  public var isColoured = false
  /// Whether the compilers may warn.
  public var warns = true
  /// Folders with modules and headers, as after `-I`.
  public var searchFolders: [String] = []
  /// The folder below which sources are called by their place in it, so that the object is the same wherever the folder is;
  /// nil for the names that the sources were given by.
  public var sourceRoot: String?
  /// Where compiled forms are kept; nil for the user's own cache.
  public var cache: CacheFolder?

  /// A folder with the sources of the kernel-side library; nil for those that came with this build of the room.
  public var libraryFolder: String?

  /// The usual ones.
  public init() {}
}

/// How far a build goes.
public enum BuildStage: String, Hashable, Sendable, CaseIterable {
  /// LLVM IR as swiftc, or clang for a C source, prints it.
  case ir
  /// LLVM IR as clang's BPF backend takes it.
  case rewritten
  /// The object file.
  case object
}

/// A command that a build ran.
public struct BuildStep: Hashable, Sendable {
  /// What it was for, in a word or two.
  public var name: String
  /// The command; empty for work that the build does itself.
  public var words: [String]
  /// How long it took.
  public var nanoseconds: Int64
}
