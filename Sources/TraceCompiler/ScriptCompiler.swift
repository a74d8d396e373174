import Bytecode
public import Diagnostics
public import TraceLanguage

/// Compiles a parsed script for a machine.
///
/// The stages, each a folder of its own: the script's settings; probes, expanded and shared out among programs; types,
/// inferred and checked; programs in SSA form; passes over it; registers and bytecode.
///
///     let compilation = ScriptCompiler(target: target, options: options).compile(script, source: source)
///     compilation.script         // nil when there are errors among compilation.diagnostics
public struct ScriptCompiler {
  private let target: any CompilationTarget
  private let options: CompilerOptions

  /// A compiler for that machine.
  public init(target: any CompilationTarget, options: CompilerOptions = CompilerOptions()) {
    self.target = target
    self.options = options
  }

  /// A stage that can be shown.
  public enum Stage: String, CaseIterable, Hashable, Sendable {
    /// The types of maps, variables and expressions.
    case types
    /// The programs in SSA form, as they are lowered and behind each pass.
    case ssa
    /// The instructions, with the script's lines beside them.
    case bytecode
  }

  /// What became of a script.
  public struct Compilation: Sendable {
    /// Everything that is needed to run it; nil when there are errors.
    public var script: CompiledScript?
    /// Errors and warnings.
    public var diagnostics: DiagnosticList
    /// The stages that were asked for, in their order.
    public var stages: [(stage: Stage, text: String)]
  }

  /// Compiles `script`, which was parsed from `source`.
  public func compile(_ script: Script, source: SourceText, showing stages: Set<Stage> = []) -> Compilation {
    var result = Compilation(script: nil, diagnostics: DiagnosticList(), stages: [])
    result.diagnostics.report(contentsOf: UnsupportedSyntax.check(script))
    let configuration = ConfigurationReader.read(script, options, reporting: &result.diagnostics)
    let declarations = ScriptDeclarations(of: script, kernelTypes: target.kernelTypes)
    let catalog = TypeCatalog(target: target, declarations: declarations)

    var planner = ProgramPlanner(
      script: script, target: target, catalog: catalog, configuration: configuration, options: options)
    planner.run(reporting: &result.diagnostics)
    guard !result.diagnostics.hasErrors else { return result }
    if planner.plans.isEmpty {
      result.diagnostics.report(.noProbes(at: script.probes.first?.span ?? source.wholeSpan))
      return result
    }

    var checker = TypeChecker(script: script, catalog: catalog, configuration: configuration, options: options)
    let typed = checker.check(planner.plans)
    result.diagnostics.report(contentsOf: checker.diagnostics)
    if stages.contains(.types) { result.stages.append((.types, typed.listing(of: script, source, catalog))) }
    guard !result.diagnostics.hasErrors else { return result }

    var assembly = ScriptAssembly(
      catalog: catalog, configuration: configuration, options: options, probeNames: planner.probeNames,
      maps: typed.maps, programCount: planner.plans.count)
    var programs: [CompiledProgram] = []
    for (index, plan) in planner.plans.enumerated() {
      do throws(CodeGenerationError) {
        var passes = PassListing()
        let isShown = stages.contains(.ssa)
        let compiled = try Self.fittingStack { slotLimit throws(CodeGenerationError) in
          var lowering = ProgramLowering(
            assembly: assembly, plan: plan, programIndex: index, bodies: typed.bodies[index], script: script,
            slotLimit: slotLimit)
          let module = lowering.lower()
          if lowering.assembly.diagnostics.hasErrors { return (lowering.assembly, ProgramCode?.none) }
          passes = PassListing()
          let code = try module.compile(
            for: target.features.codeGeneration, checksEachPass: options.checksEachPass,
            dump: isShown ? { name, module in passes.add(name, module) } : nil)
          return (lowering.assembly, code)
        }
        assembly = compiled.assembly
        guard let code = compiled.code else { continue }
        let program = CompiledProgram(
          name: plan.kernelName(index: index), kind: plan.kind, attachments: plan.attachments,
          attachmentReason: plan.reason, code: code)
        if isShown { result.stages.append((.ssa, "\(plan.title):\n\(passes.text)")) }
        if stages.contains(.bytecode) {
          result.stages.append((.bytecode, "\(plan.title):\n\(code.listing(beside: source))"))
        }
        programs.append(program)
      } catch {
        let span = script.probes[plan.bodies.first?.probeIndex ?? 0].span
        result.diagnostics.report(.codeGeneration(error, at: span))
      }
    }
    result.diagnostics.report(contentsOf: assembly.diagnostics)
    guard !result.diagnostics.hasErrors else { return result }
    result.script = CompiledScript(
      programs: programs, maps: assembly.maps, actions: assembly.actions, probeNames: planner.probeNames,
      configuration: configuration, source: source)
    return result
  }

  /// Compiles a program with as much of the stack for temporary values as leaves enough for the rest.
  private static func fittingStack(
    _ compile: (_ slotLimit: Int) throws(CodeGenerationError) -> (assembly: ScriptAssembly, code: ProgramCode?)
  ) throws(CodeGenerationError) -> (assembly: ScriptAssembly, code: ProgramCode?) {
    for slotLimit in ProgramLowering.slotLimits.dropLast() {
      do throws(CodeGenerationError) {
        return try compile(slotLimit)
      } catch {
        switch error {
        case .stackTooBig, .stackOfCallsTooBig: continue
        default: throw error
        }
      }
    }
    return try compile(ProgramLowering.slotLimits.last ?? 0)
  }
}

/// A program's SSA form as `-d ssa` shows it: as it was lowered, then behind each pass that changed something.
private struct PassListing {
  private(set) var text = ""
  private var last = ""

  mutating func add(_ name: String, _ module: SSAModule) {
    let form = SSAPrinter.text(of: module)
    if form == last { return }
    last = form
    text += "; \(name)\n\(form)\n"
  }
}

extension TargetFeatures {
  /// What the code generator may use.
  var codeGeneration: CodeGenerationTarget {
    CodeGenerationTarget(level: hasVersion4Instructions ? .v4 : hasFetchingAtomics ? .v3 : .v2)
  }
}

extension ProgramPlan {
  /// The first of the plan's probes, and how many more there are.
  var title: String {
    let names = attachments.flatMap { $0.probes.map(\.name) }
    let first = names.first ?? ""
    return names.count > 1 ? "\(first) and \(names.count - 1) more" : first
  }

  /// A name for the kernel's listings: the probe's last part and the program's number, 15 characters at the most.
  func kernelName(index: Int) -> String {
    let name = attachments.first?.probes.first?.name ?? "program"
    let last = name.split(separator: ":").last.map(String.init) ?? "program"
    let letters = last.utf8.map { byte -> Character in
      let character = Character(UnicodeScalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
    }
    let number = "_\(index + 1)"
    return String(letters.prefix(15 - number.count)) + number
  }
}
