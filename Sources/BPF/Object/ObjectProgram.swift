public import KernelInterface

/// An entry program of an object, with the switches that say how it is loaded and attached.
///
/// The code is the ``FunctionSpec`` of the same name.
public struct ObjectProgram: Hashable, Sendable {
  /// Its function's name.
  public var name: String
  /// The section that it stands in, without the `?` that keeps it from being loaded.
  public var sectionName: String
  /// What the section's name says; nil when it is no name that is known.
  public var section: SectionDefinition?
  /// The kind of program: at first the section's; `unspecified` for an unknown section, and then to be set.
  public var type: ProgramType
  /// Where it is meant for: at first the section's.
  public var expectedAttachType: AttachType?
  /// How it is checked and run: at first the section's.
  public var flags: ProgramLoad.Flags
  /// What it is attached to, such as a tracepoint or a function: at first the rest of the section's name; nil when
  /// that says nothing.
  public var attachTarget: String?
  /// Whether loading the object loads it (libbpf's `autoload`); not when the section's name begins with `?`.
  public var isLoaded: Bool
  /// Whether attaching the object attaches it (libbpf's `autoattach`).
  public var isAttached: Bool
  /// What `bpf_get_attach_cookie` answers in it when the object is attached.
  public var cookie: UInt64?
  /// When the verifier's log is asked for.
  public var log: VerifierLogRequest

  /// A program of a section, set up as the section's name says.
  public init(name: String, sectionName: String) {
    self.name = name
    isLoaded = !sectionName.hasPrefix("?")
    self.sectionName = isLoaded ? sectionName : String(sectionName.dropFirst())
    section = SectionDefinition(sectionName: self.sectionName)
    type = section?.programType ?? .unspecified
    expectedAttachType = section?.expectedAttachType
    flags = section?.loadFlags ?? []
    attachTarget = section?.target
    isAttached = true
    cookie = nil
    log = .afterFailure()
  }
}
