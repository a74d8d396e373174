import Diagnostics

/// `attach point, attach point /predicate/ { … }`.
extension Parser {
  mutating func parseProbe() throws(Failure) {
    let start = cursor.token.span
    var attachPoints: [AttachPoint] = []
    repeat {
      // A comma may stand behind the last one too.
      if !attachPoints.isEmpty, cursor.isAt(.leftBrace) || cursor.isAt(.slash) { break }
      let attachPoint = cursor.rescan { $0.scanAttachPoint() }
      guard attachPoint.parts.contains(where: { !$0.segments.isEmpty }) else {
        throw fail(.emptyAttachPoint(cursor.token))
      }
      attachPoints.append(attachPoint)
    } while cursor.take(.comma)
    let predicate = try parsePredicate(after: attachPoints)
    guard cursor.isAt(.leftBrace) else {
      throw fail(
        .missingProbeBody(cursor.token, after: attachPoints.last?.text ?? "begin", hasPredicate: predicate != nil))
    }
    let body = try parseBlock()
    script.probes.append(
      Probe(attachPoints: attachPoints, predicate: predicate, body: body, span: span(from: start)))
  }

  private mutating func parsePredicate(after attachPoints: [AttachPoint]) throws(Failure) -> Expression? {
    let open = cursor.token.span
    guard cursor.take(.slash) else { return nil }
    let outer = endsAtPredicate
    endsAtPredicate = true
    defer { endsAtPredicate = outer }
    let predicate = try parseExpression()
    guard cursor.isAt(.slash) else { throw fail(.unclosedPredicate(cursor.token, opened: open)) }
    cursor.advance()
    return predicate
  }
}
