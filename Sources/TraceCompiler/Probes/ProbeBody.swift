import TraceLanguage

/// A probe's body as it runs at some of the probe's sites: those where the fields that it names are the same.
struct ProbeBody {
  /// The probe's place in the script.
  var probeIndex: Int
  /// The sites, each with its index into the script's probe names.
  var probes: [(probe: ResolvedProbe, nameIndex: Int)]
  /// What `args` has here.
  var arguments: [ProbeArgument]
  /// The address space of pointers that arrive as arguments.
  var argumentSpace: AddressSpace
  /// What the body asks of its place.
  var use: ContextUse
}

/// A field of `args`.
struct ProbeArgument: Hashable {
  /// Where it comes from.
  enum Source: Hashable {
    /// Bytes of the context, laid out as the kernel's C code does.
    case contextBytes(offset: Int, byteCount: Int, isSigned: Bool)
    /// Data in the context's tail: the lower 16 bits at `offset` say where, counted from `base`.
    case contextTail(offset: Int, base: Int)
    /// The context's 64-bit word of that index.
    case contextWord(index: Int)
    /// The system call's argument of that index, from the registers that `sys_enter` gets.
    case systemCallArgument(index: Int)
    /// The number of the system call.
    case systemCallNumber
  }

  /// Its name.
  var name: String
  /// Where it comes from.
  var source: Source
  /// What it is.
  var type: ValueType
}

/// A program to be: its bodies, and how it gets to know which of them is meant.
struct ProgramPlan {
  /// What tells the bodies apart when the program runs.
  enum Selector {
    /// There is one body.
    case single
    /// The system call's number: body and probe name for each number that is traced.
    case systemCallNumber([Int: (body: Int, nameIndex: Int)], isExit: Bool)
  }

  var kind: CompiledProgram.Kind
  var bodies: [ProbeBody]
  var selector: Selector
  var attachments: [CompiledProgram.Attachment]
  var reason: String
}
