internal import Diagnostics

/// A module on its way from what swiftc printed to what clang's BPF backend takes.
struct Rewriting: Sendable {
  /// What swiftc printed.
  let input: IRText
  let options: RewritingOptions
  /// What is written: at first nothing, then what the programs reach, then each rule's work on it.
  var module = IRModule()
  var debug: DebugInformation
  /// What the programs do that no program can.
  var problems: [BuildProblem] = []
  /// New names of symbols, by the old ones.
  var names: [String: String] = [:]
  /// The names that are given already.
  private var takenNames: Set<String> = []
  /// Where the programs check something, in the order of the counters.
  var trapSites: [TrapSite] = []
  var sizes = TypeSizes()
  /// The value by which a failed check tells those who had the function called back, by the functions that have one.
  var callbackFrames: [String: String] = [:]

  init(_ input: IRText, options: RewritingOptions = RewritingOptions()) {
    self.input = input
    self.options = options
    debug = DebugInformation(input.metadata)
    debug.files = options.files
    sizes = TypeSizes(input.types)
  }

  /// The rules in their order.
  ///
  /// Each leaves a module that the next one reads; none needs to run twice.
  static let pipeline: [any RewritingRule.Type] = [
    ReachableCode.self, ImpossibleConstructs.self, PlainAttributes.self, PlainConventions.self, KernelFunctions.self,
    ProgramEntries.self, CallbackChecks.self, SubprogramSignatures.self, DefinedReturns.self, RuntimeChecks.self,
    RelaxedAtomics.self,
    SignedDivision.self, OverflowChecks.self, ZeroedPadding.self, KernelAccess.self, MapDefinitions.self,
    KernelOptions.self, StructOperations.self, LicenseSection.self, GlobalVariables.self, DebugLocations.self,
    FinalNames.self,
  ]

  /// Applies all rules; nothing is written when there are problems.
  static func rewrite(_ input: IRText, options: RewritingOptions = RewritingOptions()) -> Rewriting {
    var rewriting = Rewriting(input, options: options)
    for rule in pipeline {
      rule.apply(to: &rewriting)
      if rewriting.problems.contains(where: { $0.severity == .error }) { break }
    }
    return rewriting
  }

  /// The rewritten module.
  var text: String { module.text(metadata: debug.writer) }

  /// Where the functions of the object are declared, by their names in it.
  var places: [String: SourcePlace] {
    var places: [String: SourcePlace] = [:]
    for (symbol, name) in names {
      if let function = input.head(ofFunction: symbol) { places[name] = debug.subprogram(of: function).place }
    }
    return places
  }

  /// A name for a symbol that C could have and that no other symbol of the module has.
  mutating func name(_ symbol: String, like wanted: String) -> String {
    let base = CIdentifier.of(wanted)
    var name = base
    var count = 1
    while !takenNames.insert(name).inserted {
      count += 1
      name = "\(base)_\(count)"
    }
    names[symbol] = name
    return name
  }

  /// Notes a problem; of one kind, one is enough for a line.
  mutating func report(_ problem: BuildProblem) {
    let isKnown = problems.contains { known in
      known.id == problem.id && known.message == problem.message && known.place?.file == problem.place?.file
        && known.place?.line == problem.place?.line
    }
    if !isKnown { problems.append(problem) }
  }
}

/// One step from Swift's IR to a kernel program's.
protocol RewritingRule: Sendable {
  static func apply(to rewriting: inout Rewriting)
}

/// What the rules need to know of what the user asked for.
struct RewritingOptions: Hashable, Sendable {
  var instructionSet: InstructionSet = .v3
  var traps: TrapPolicy = .count
  /// The names and texts of source files.
  var files = SourceFiles()
}

/// Names as BTF has them: letters, digits and underscores, no digit first.
enum CIdentifier {
  static func of(_ name: some StringProtocol) -> String {
    var bytes = name.utf8.map { byte in
      IRCursor.isNameByte(byte) && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "$") && byte != UInt8(ascii: "-")
        ? byte : UInt8(ascii: "_")
    }
    if bytes.first.map(IRCursor.isDigit) != false { bytes.insert(UInt8(ascii: "_"), at: 0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
