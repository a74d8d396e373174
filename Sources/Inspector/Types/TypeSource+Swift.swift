public import BTF
public import LinuxSystem

extension TypeSource {
  /// Writes types as Swift source for user space, whose values lie in memory as those of the types do.
  ///
  /// Structs, unions and enums become structs, the constants of enums without a name become constants of the file.
  /// Types without values (functions, empty structs) are left out.
  ///
  /// - Parameters:
  ///   - roots: the types that are wanted, with all that they need; nil for all types.
  ///   - isSorted: by kind and name rather than by id.
  /// - Throws: ``InspectorError/failed(_:)`` for a malformed graph.
  public func writeSwift(
    to output: BufferedOutput, roots: [TypeID]? = nil, isSorted: Bool = true
  ) throws(InspectorError) {
    var structures = SwiftStructures(of: graph)
    let order = roots ?? (isSorted ? TypeOrder.sorted(graph) : Array(graph.ownIDs))
    for id in order {
      do throws(BTFError) {
        // What is no struct, union or enum is declared nowhere but where it is used, unless it was asked for.
        switch graph.kind(of: id) {
        case .enumeration, .enumeration64: try structures.declareConstants(of: id)
        case .structure, .union: if graph.name(of: id).isEmpty, roots == nil { continue }
        case .typedef: break
        default: if roots == nil { continue }
        }
        _ = try structures.typeName(of: id)
      } catch { throw .failed("type \(id.rawValue): \(error)") }
      do throws(SystemCallError) { try output.write(structures.takeText()) } catch { throw .systemCall(error) }
    }
    do throws(SystemCallError) { try output.write(structures.functions) } catch { throw .systemCall(error) }
  }
}
