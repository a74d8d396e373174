/// Where a kernel's type has what a relocation asks for, and what the constant is there.
struct COREMatch {
  var access: AccessSpec
  var answer: COREAnswer
}

/// One relocation, while it is being resolved.
struct COREQuestion {
  let relocation: CORERelocation
  /// What it asks for, in the object's own types.
  let local: AccessSpec
  private let original: COREAnswer
  /// What each candidate answers; nil where it does not have it.
  var answers: [COREMatch?] = []
  private(set) var resolution: COREResolution
  /// Where the remaining candidates have it.
  private(set) var found: [AccessSpec] = []

  /// What makes two relocations of one type the same question.
  struct Key: Hashable {
    var access: String
    var kind: CORERelocationKind
  }

  /// What an answer changes in the instruction: on this the candidates must agree.
  private struct Effect: Hashable {
    var value: UInt64
    var accessSize: Int?
    var isAccessSizeAdjustable: Bool

    init(of answer: COREAnswer, instead original: COREAnswer) {
      value = answer.value
      accessSize = answer.accessSize
      // A shorter pointer or unsigned integer is extended by zeros, which keeps its meaning; nothing else is.
      isAccessSizeAdjustable =
        original.accessSize == answer.accessSize || original.content == answer.content && original.content != .other
    }
  }

  var key: Key { Key(access: relocation.access, kind: relocation.kind) }

  /// Whether no candidate has it.
  var isMissing: Bool { answers.allSatisfy { $0 == nil } }

  init(_ relocation: CORERelocation, local graph: TypeGraph) throws(CORERelocationError) {
    self.relocation = relocation
    var path = graph.name(of: relocation.type)
    do throws(CORERelocationError.Reason) {
      local = try AccessSpec(local: graph, root: relocation.type, access: relocation.access, kind: relocation.kind)
      path = local.path
      original = try COREAnswer(relocation.kind, of: local)
    } catch {
      throw CORERelocationError(relocation: relocation, path: path, reason: error)
    }
    resolution = COREResolution(
      relocation: relocation, path: path, originalValue: original.value,
      isOriginalValueCertain: original.isCertain, outcome: .value(original.value),
      originalAccessSize: original.accessSize, accessSize: original.accessSize, isAccessSizeAdjustable: true)
  }

  func failure(_ reason: CORERelocationError.Reason) -> CORERelocationError {
    CORERelocationError(relocation: relocation, path: local.path, reason: reason)
  }

  /// What each candidate has for it.
  func ask(_ candidates: [CORECandidate]) throws(CORERelocationError) -> [COREMatch?] {
    var matches: [COREMatch?] = []
    for candidate in candidates {
      do throws(CORERelocationError.Reason) {
        guard let access = try match(candidate) else {
          matches.append(nil)
          continue
        }
        matches.append(COREMatch(access: access, answer: try COREAnswer(relocation.kind, of: access)))
      } catch {
        throw self.failure(error)
      }
    }
    return matches
  }

  private func match(_ candidate: CORECandidate) throws(CORERelocationError.Reason) -> AccessSpec? {
    do throws(BTFError) {
      return try local.match(in: candidate.target.types, at: candidate.id, kind: relocation.kind)
    } catch {
      throw .malformed(error)
    }
  }

  /// Takes the answer on which the remaining candidates agree.
  mutating func settle(on selection: CORESelection) throws(CORERelocationError) {
    if relocation.kind == .localTypeID { return }
    let matches = selection.remaining.map { answers.indices.contains($0) ? answers[$0] : nil }
    guard let present = matches.first(where: { $0 != nil }), let match = present else {
      resolution.outcome = relocation.kind.valueWhenMissing.map { .value($0) } ?? .missing
      resolution.accessSize = nil
      return
    }
    found = matches.compactMap { $0?.access }
    let effects = matches.map { $0.map { Effect(of: $0.answer, instead: original) } }
    guard Set(effects).count == 1, let effect = effects[0] else {
      throw failure(
        .ambiguous(type: selection.typeName, answers: selection.remaining.map { selection.listed($0, self) }))
    }
    resolution.outcome = .value(effect.value)
    resolution.accessSize = effect.accessSize
    resolution.isAccessSizeAdjustable = effect.isAccessSizeAdjustable
    if let first = selection.remaining.first {
      resolution.targetDescription = "\(match.access) of \(selection.candidates[first].target.name)"
    }
  }
}

extension CORERelocationKind {
  /// Whether it only asks if the kernel's type has a field or a value.
  var asksForMember: Bool { self == .fieldExists || self == .enumeratorExists }

  /// The constant when the kernel does not have it; nil when there is none, and the instruction must not run.
  var valueWhenMissing: UInt64? {
    switch self {
    case .fieldExists, .typeExists, .typeMatches, .enumeratorExists, .targetTypeID, .typeSize: 0
    case .fieldByteOffset, .fieldByteSize, .fieldIsSigned, .fieldLeftShift, .fieldRightShift, .enumeratorValue,
      .localTypeID:
      nil
    }
  }
}
