public import KernelInterface

/// What the name of a program's section says about the program.
///
///     let definition = SectionDefinition(sectionName: "fentry.s/do_unlinkat")
///     definition?.programType          // .tracing
///     definition?.expectedAttachType   // .traceFentry
///     definition?.target               // "do_unlinkat"
///
/// Names: libbpf's documentation, "Program Types and ELF Sections".
public struct SectionDefinition: Hashable, Sendable {
  /// Rules about a section's programs beyond their type.
  public struct Traits: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt8
    /// Any bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Its programs may sleep (`.s`).
    public static let sleepable = Self(rawValue: 1 << 0)
    /// Its programs know packets that lie in several buffers (`.frags`).
    public static let packetFragments = Self(rawValue: 1 << 1)
    /// Loading needs the kernel's type, or the other program, that the target names.
    public static let needsTargetType = Self(rawValue: 1 << 2)
    /// The name of the section may go on behind a slash and then names the target.
    public static let namesTarget = Self(rawValue: 1 << 3)
    /// Kernels too old to know the expected attach type load the program without it.
    public static let attachTypeIsOptional = Self(rawValue: 1 << 4)
  }

  /// How attaching an object attaches a program by the target in its section's name.
  public enum Attachment: Hashable, Sendable {
    /// At a kernel function or at an offset in it, by a kprobe.
    case kprobe
    /// Where a kernel function returns.
    case kretprobe
    /// At the kernel functions that a pattern matches.
    case kprobeMulti
    /// Where the kernel functions that a pattern matches return.
    case kretprobeMulti
    /// Where the kernel functions that a pattern matches begin and return.
    case kprobeSession
    /// Where a system call begins.
    case systemCall
    /// Where a system call returns.
    case systemCallReturn
    /// At a function of a program or library.
    case uprobe
    /// Where a function of a program or library returns.
    case uretprobe
    /// At the functions of a program or library that a pattern matches.
    case uprobeMulti
    /// Where the functions of a program or library that a pattern matches return.
    case uretprobeMulti
    /// Where the functions of a program or library that a pattern matches begin and return.
    case uprobeSession
    /// At a static probe of a program or library.
    case usdt
    /// At a tracepoint, with its fields.
    case tracepoint
    /// At a tracepoint, with the kernel's own arguments.
    case rawTracepoint
    /// At the function, tracepoint or program whose type it was loaded for.
    case tracing
    /// At the functions whose types it was loaded for.
    case tracingMulti
    /// At a hook of the security modules.
    case securityModule
    /// As what a file is read from.
    case iterator
  }

  /// The part of the section's name that is known, without what names a target.
  public var prefix: String
  /// The kind of program.
  public var programType: ProgramType
  /// Where it is meant for; nil for types that do not ask.
  public var expectedAttachType: AttachType?
  /// Rules beyond the type.
  public var traits: Traits
  /// How it attaches by its name; nil when attaching needs more than a name, such as an interface.
  public var attachment: Attachment?
  /// What follows the slash in the section's name; nil when nothing does.
  public var target: String?

  /// What a section of that name holds; nil for a name that is not known.
  ///
  /// - Complexity: O(1) in the number of known names.
  public init?(sectionName: String) {
    // A name with a target is known up to its first slash; one without may have slashes of its own.
    if let rule = Self.rules[sectionName] {
      self = rule
      return
    }
    guard let slash = sectionName.firstIndex(of: "/"), let rule = Self.rules[String(sectionName[..<slash])],
      rule.traits.contains(.namesTarget)
    else { return nil }
    self = rule
    let target = sectionName[sectionName.index(after: slash)...]
    self.target = target.isEmpty ? nil : String(target)
  }

  /// The flags that its programs are loaded with.
  public var loadFlags: ProgramLoad.Flags {
    var flags: ProgramLoad.Flags = []
    if traits.contains(.sleepable) { flags.insert(.sleepable) }
    if traits.contains(.packetFragments) { flags.insert(.fragments) }
    return flags
  }

  init(
    _ prefix: String, _ programType: ProgramType, _ attachType: AttachType?, _ traits: Traits, _ attachment: Attachment?
  ) {
    self.prefix = prefix
    self.programType = programType
    self.expectedAttachType = attachType
    self.traits = traits
    self.attachment = attachment
  }

  private static let rules = Dictionary(table.map { ($0.prefix, $0) }) { first, _ in first }
}
