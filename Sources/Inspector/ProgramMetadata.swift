internal import BPF
internal import BTF
internal import Diagnostics
internal import KernelInterface
internal import LinuxSystem

/// What a program's author wrote down about it: constants whose names begin with `bpf_metadata_`.
struct ProgramMetadata: Sendable {
  /// The constants, without that beginning, in the order in which they lie in memory.
  private(set) var values: [(name: String, value: PrintedValue)] = []

  private static let prefix = "bpf_metadata_"

  /// Nothing.
  init() {}

  /// Looks for them in the program's maps; what cannot be read is passed over.
  init(of info: ProgramInfo, _ kernel: any KernelCalls) {
    for id in info.mapIDs {
      guard let descriptor = try? kernel.open(.map, id: id), let facts = try? kernel.mapInfo(descriptor),
        facts.type == .array, facts.keySize == 4, facts.maxEntries == 1, facts.valueTypeID != 0,
        facts.name.contains(text: ".rodata"), let types = try? MapTypes(facts, kernel: kernel),
        let map = try? Map(adopting: descriptor, kernel: kernel), let bytes = try? map.value(of: [0, 0, 0, 0])
      else { continue }
      read(bytes, of: types)
      return
    }
  }

  private mutating func read(_ bytes: [UInt8], of types: MapTypes) {
    guard case .dataSection(let section)? = try? types.graph.type(types.value) else { return }
    for variable in section.variables {
      let name = types.graph.name(of: variable.variable)
      guard name.hasPrefix(Self.prefix), variable.offset >= 0, variable.offset <= bytes.count else { continue }
      let value = bytes.withUnsafeBytes { bytes in
        try? PrintedValue(
          of: variable.variable, in: types.graph, UnsafeRawBufferPointer(rebasing: bytes[variable.offset...]))
      }
      if let value { values.append((String(name.dropFirst(Self.prefix.count)), value)) }
    }
  }

  /// A line for each, behind one that says what they are; "" for none.
  var text: String {
    values.isEmpty ? "" : "\n\tmetadata:" + values.map { "\n\t\t\($0.name) = \($0.value.text)" }.joined()
  }

  /// The member `metadata`; nothing for none.
  func write(to json: inout JSONWriter) throws(SystemCallError) {
    if values.isEmpty { return }
    try json.name("metadata")
    try json.object { json throws(SystemCallError) in
      for (name, value) in values {
        try json.name(name)
        try value.write(to: &json, decimalPointers: true)
      }
    }
  }
}

extension PrintedValue {
  /// As JSON on one line.
  fileprivate var text: String {
    switch self {
    case .scalar(let text): text
    case .pointer(let address): "\"0x\(String(address, radix: 16))\""
    case .list(let elements): "[\(elements.map(\.text).joined(separator: ","))]"
    case .structure(let members):
      "{\(members.map { "\(JSONWriter.quoted($0.name)):\($0.value.text)" }.joined(separator: ","))}"
    }
  }
}
