/// The candidates that serve all of a local type's relocations.
struct CORESelection {
  let candidates: [CORECandidate]
  let typeName: String
  /// Which of the candidates are left.
  private(set) var remaining: [Int]

  /// Drops every candidate that lacks what another one has.
  ///
  /// What no candidate has is missing from the kernel, and drops none: programs ask first whether a field exists.
  /// That question itself drops none either: a candidate answers it with no.
  init(
    of candidates: [CORECandidate], for questions: [COREQuestion], typeName: String
  ) throws(CORERelocationError) {
    self.candidates = candidates
    self.typeName = typeName
    remaining = Array(candidates.indices)
    guard candidates.count > 1 else { return }
    var decisive: COREQuestion?
    for question in questions where !question.relocation.kind.asksForMember && !question.isMissing {
      let left = remaining.filter { question.answers.indices.contains($0) && question.answers[$0] != nil }
      if left.isEmpty {
        throw question.failure(
          .inconsistent(
            type: typeName, other: decisive?.local.path ?? "the others",
            candidates: candidates.indices.map { listed($0, question) }))
      }
      if left.count < remaining.count { decisive = question }
      remaining = left
    }
  }

  /// A candidate in a message about a question.
  func listed(_ place: Int, _ question: COREQuestion) -> CORERelocationError.Candidate {
    let answer = question.answers.indices.contains(place) ? question.answers[place]?.answer.value : nil
    return .init(type: candidates[place].text, value: answer ?? question.relocation.kind.valueWhenMissing)
  }
}
