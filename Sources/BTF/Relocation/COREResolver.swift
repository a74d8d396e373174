/// Finds out what an object's CO-RE relocations are on a kernel.
///
/// Each local type is looked for by its name, without its flavour (`___old`), first in the kernel's own types, then in
/// those of its modules. Where several types bear the name, one of the answers could be wrong for what the program
/// really meets. So all relocations of a local type are judged together: a type that lacks something which another one
/// has is out for all of them, and those that remain must agree on every constant, or there is an error.
///
///     var resolver = COREResolver(local: types, kernel: CORETarget(name: "vmlinux", types: kernel))
///     let resolutions = try resolver.resolve(relocations)
///
/// Rules: the kernel's Documentation/bpf/llvm_reloc.rst, "CO-RE Relocations", and libbpf's relo_core.c, whose order of
/// relocations decides what this type refuses.
public struct COREResolver {
  private let local: TypeGraph
  let kernel: CORETarget
  private let modules: () -> [CORETarget]
  private var openedModules: [CORETarget]?

  /// A resolver for an object's types on a kernel.
  ///
  /// - Parameters:
  ///   - local: the object's own types.
  ///   - kernel: the kernel's types, or those of a file that stands for them.
  ///   - modules: further types, asked for when the kernel's own have none of a name; called at most once.
  public init(local: TypeGraph, kernel: CORETarget, modules: @escaping () -> [CORETarget] = { [] }) {
    self.local = local
    self.kernel = kernel
    self.modules = modules
  }

  /// Resolves relocations, each type's together; they should be all of the programs that will be loaded.
  ///
  /// - Returns: one resolution for each relocation, in their order.
  /// - Throws: the first relocation that is malformed, or on which the kernel's types of one name disagree.
  public mutating func resolve(_ relocations: [CORERelocation]) throws(CORERelocationError) -> [COREResolution] {
    try answer(relocations).map(\.resolution)
  }

  /// Answers what relocations ask, in their order.
  mutating func answer(_ relocations: [CORERelocation]) throws(CORERelocationError) -> [COREQuestion] {
    var places: [TypeID: [Int]] = [:]
    var roots: [TypeID] = []
    for (place, relocation) in relocations.enumerated() {
      if places[relocation.type] == nil { roots.append(relocation.type) }
      places[relocation.type, default: []].append(place)
    }
    var answered: [Int: COREQuestion] = [:]
    for root in roots {
      let mine = places[root] ?? []
      var questions: [COREQuestion] = []
      for place in mine { questions.append(try COREQuestion(relocations[place], local: local)) }
      try choose(for: &questions, of: root)
      for (place, question) in zip(mine, questions) { answered[place] = question }
    }
    return relocations.indices.compactMap { answered[$0] }
  }

  /// Answers all questions about one local type.
  private mutating func choose(for questions: inout [COREQuestion], of root: TypeID) throws(CORERelocationError) {
    guard let first = questions.first(where: { $0.relocation.kind != .localTypeID }) else { return }
    let candidates: [CORECandidate]
    do throws(CORERelocationError.Reason) {
      candidates = try self.candidates(for: root)
    } catch {
      throw first.failure(error)
    }
    // Equal questions, of which an object has many, are asked once.
    var known: [COREQuestion.Key: [COREMatch?]] = [:]
    for place in questions.indices where questions[place].relocation.kind != .localTypeID {
      let key = questions[place].key
      if known[key] == nil { known[key] = try questions[place].ask(candidates) }
      questions[place].answers = known[key] ?? []
    }
    let chosen = try CORESelection(of: candidates, for: questions, typeName: typeName(of: root))
    for place in questions.indices { try questions[place].settle(on: chosen) }
  }

  private func typeName(of root: TypeID) -> String {
    "\(local.kind(of: root)?.keyword ?? "type") \(local.name(of: root))"
  }

  /// The types that a local one can mean.
  private mutating func candidates(for root: TypeID) throws(CORERelocationError.Reason) -> [CORECandidate] {
    guard let kind = local.kind(of: root) else { throw .malformed(BTFError(.unknownType(root))) }
    let name = local.name(of: root).essentialName
    guard !name.isEmpty else { throw .unnamedType }
    let inKernel = Self.candidates(named: name, kind: kind, in: kernel)
    if !inKernel.isEmpty { return inKernel }
    let opened = openedModules ?? modules()
    openedModules = opened
    return opened.flatMap { Self.candidates(named: name, kind: kind, in: $0) }
  }

  private static func candidates(named name: String, kind: BTFKind, in target: CORETarget) -> [CORECandidate] {
    target.types.ownIDs(essentiallyNamed: name)
      .filter { id in
        guard let other = target.types.kind(of: id) else { return false }
        return other == kind || other.isEnumeration && kind.isEnumeration
      }
      .map { CORECandidate(target: target, id: $0) }
  }
}
