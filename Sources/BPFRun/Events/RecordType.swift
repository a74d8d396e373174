internal import BPF
internal import BTF

/// The type of the records of an event map: a ring buffer or a perf event array.
struct RecordType {
  let graph: TypeGraph
  let id: TypeID
  /// Bytes of a record.
  let size: Int

  init(_ id: TypeID, in graph: TypeGraph) throws(BTFError) {
    self.graph = graph
    self.id = id
    size = try graph.size(of: id)
  }

  /// The type of a map's records, where something says it.
  init?(of map: MapSpec, _ types: RecordTypeSearch, _ graph: TypeGraph?) {
    guard let graph, let id = types.type(of: map), let type = try? RecordType(id, in: graph) else { return nil }
    self = type
  }
}
