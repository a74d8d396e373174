public import KernelInterface
public import LinuxSystem

/// Who holds what: processes, pins, links, programs and maps, and what keeps what alive.
public struct HolderGraph: Sendable {
  /// A thing in the graph.
  public enum Node: Hashable, Sendable {
    case process(Int32)
    case pin(String)
    case link(UInt32)
    case program(UInt32)
    case map(UInt32)
  }

  private(set) var labels: [Node: String] = [:]
  /// What each holds, in order.
  private(set) var edges: [Node: [Node]] = [:]
  private var held: Set<Node> = []

  /// Looks at all objects; what vanishes meanwhile is not shown.
  public init(kernel: any KernelCalls) throws(InspectorError) {
    let (holders, pins) = (Holders.find(), PinnedObjects.find(kernel: kernel))
    try ObjectLookup(.map, kernel: kernel).forEach { id, map throws(InspectorError) in
      let facts = try MapFacts(map, kernel: kernel)
      add(.map(id), "map \(id) \(facts.info.type) '\(facts.info.name)'")
      noteHolders(of: .map(id), .map, id, holders, pins)
    }
    try ObjectLookup(.program, kernel: kernel).forEach { id, program throws(InspectorError) in
      let facts = try ProgramFacts(program, kernel: kernel)
      add(.program(id), "program \(id) \(facts.info.type) '\(facts.info.name)'")
      for map in facts.info.mapIDs { connect(.program(id), .map(map)) }
      noteHolders(of: .program(id), .program, id, holders, pins)
    }
    try ObjectLookup(.link, kernel: kernel).forEach { id, link throws(InspectorError) in
      let facts = try LinkFacts(link, kernel: kernel)
      add(.link(id), "link \(id) \(facts.info.type)")
      if case .map(let map, nil) = facts.info.target {
        connect(.link(id), .map(map))
      } else if facts.info.programID != 0 {
        connect(.link(id), .program(facts.info.programID))
      }
      noteHolders(of: .link(id), .link, id, holders, pins)
    }
  }

  private mutating func add(_ node: Node, _ label: String) { labels[node] = label }

  private mutating func connect(_ holder: Node, _ node: Node) {
    edges[holder, default: []].append(node)
    held.insert(node)
  }

  private mutating func noteHolders(
    of node: Node, _ kind: ObjectKind, _ id: UInt32, _ holders: Holders, _ pins: PinnedObjects
  ) {
    for process in holders.processes(holding: kind, id) {
      add(.process(process.pid), "\(process.comm)(\(process.pid))")
      connect(.process(process.pid), node)
    }
    for path in pins.paths(of: kind, id) {
      add(.pin(path), "pinned \(path)")
      connect(.pin(path), node)
    }
  }

  /// Where the tree begins: processes, pins, and what neither holds, such as attachments without links.
  private var roots: [Node] {
    let free = labels.keys.filter { node in
      switch node {
      case .process, .pin: true
      default: !held.contains(node)
      }
    }
    return free.sorted(by: Self.precedes)
  }

  private static func precedes(_ one: Node, _ other: Node) -> Bool { key(one) < key(other) }

  private static func key(_ node: Node) -> (Int, UInt64, String) {
    switch node {
    case .process(let pid): (0, UInt64(max(0, pid)), "")
    case .pin(let path): (1, 0, path)
    case .link(let id): (2, UInt64(id), "")
    case .program(let id): (3, UInt64(id), "")
    case .map(let id): (4, UInt64(id), "")
    }
  }
}

extension HolderGraph {
  /// As a tree: each holder with what it holds below it.
  ///
  /// What several hold is there several times.
  public var tree: String {
    var text = ""
    for root in roots {
      var label = Self.printable(labels[root] ?? "")
      switch root {
      case .link, .program, .map: label += "  (held by the kernel)"
      default: break
      }
      text += label + "\n"
      append(root, "", to: &text)
    }
    return text
  }

  private func append(_ node: Node, _ indentation: String, to text: inout String) {
    let next = (edges[node] ?? []).filter { labels[$0] != nil }.sorted(by: Self.precedes)
    for (place, other) in next.enumerated() {
      let isLast = place == next.count - 1
      text += "\(indentation)\(isLast ? "└─ " : "├─ ")\(Self.printable(labels[other] ?? ""))\n"
      append(other, indentation + (isLast ? "   " : "│  "), to: &text)
    }
  }

  /// In the language of Graphviz.
  public var dot: String {
    var text = "digraph bpf {\n\trankdir=LR;\n\tnode [shape=box, fontname=\"monospace\"];\n"
    let nodes = labels.keys.sorted(by: Self.precedes)
    for node in nodes {
      text += "\t\(Self.name(node)) [label=\"\(Self.escaped(labels[node] ?? ""))\"\(Self.style(node))];\n"
    }
    for node in nodes {
      for other in (edges[node] ?? []).sorted(by: Self.precedes) where labels[other] != nil {
        text += "\t\(Self.name(node)) -> \(Self.name(other));\n"
      }
    }
    return text + "}\n"
  }

  /// As a picture (SVG), from the holders down to the maps.
  public var picture: String {
    let nodes = labels.keys.sorted(by: Self.precedes)
    let places = Dictionary(zip(nodes, 0...)) { first, _ in first }
    let layout = FlowGraphLayout(
      boxes: nodes.map { (Double((labels[$0] ?? "").count) * 7.3 + 16, 28) },
      arrows: nodes.flatMap { node in
        (edges[node] ?? []).compactMap { other in
          places[node].flatMap { from in places[other].map { (from: from, to: $0) } }
        }
      })
    let drawing = BoxDrawing(layout: layout, labels: nodes.map { labels[$0] ?? "" })
    return drawing.text
  }

  /// As a JSON object of nodes and edges.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    let nodes = labels.keys.sorted(by: Self.precedes)
    try json.object { json throws(SystemCallError) in
      try json.name("nodes")
      try json.array { json throws(SystemCallError) in
        for node in nodes {
          try json.object { json throws(SystemCallError) in
            try json.member("node", Self.name(node))
            try json.member("label", labels[node] ?? "")
          }
        }
      }
      try json.name("edges")
      try json.array { json throws(SystemCallError) in
        for node in nodes {
          for other in (edges[node] ?? []).sorted(by: Self.precedes) where labels[other] != nil {
            try json.object { json throws(SystemCallError) in
              try json.member("from", Self.name(node))
              try json.member("to", Self.name(other))
            }
          }
        }
      }
    }
  }

  private static func name(_ node: Node) -> String {
    switch node {
    case .process(let pid): "process_\(pid)"
    case .pin(let path): "\"\(escaped(path))\""
    case .link(let id): "link_\(id)"
    case .program(let id): "program_\(id)"
    case .map(let id): "map_\(id)"
    }
  }

  private static func style(_ node: Node) -> String {
    switch node {
    case .process: ", style=rounded"
    case .pin: ", style=dashed"
    default: ""
    }
  }

  private static func escaped(_ text: String) -> String {
    printable(text).map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
  }

  /// Without control characters, which would move a terminal's cursor.
  private static func printable(_ text: String) -> String {
    text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : String($0) }.joined()
  }
}
