internal import BTF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `dump`.
extension InspectorObject {
  /// In which form types are printed.
  private enum TypeForm: String, CaseIterable { case raw, c, swift }

  static func dumpTypes(_ call: inout InspectorCall) throws(InspectorError) {
    let base = try call.options.baseBTF.map { path throws(InspectorError) in try TypeSource(file: path).graph }
    var (source, roots) = try takeSource(&call, base)
    var form = TypeForm.raw
    var isSorted = true
    while let word = call.takeKeyword(["format", "root_id", "unsorted"]) {
      switch word {
      case "format":
        guard let name = call.takeKeyword(TypeForm.allCases.map(\.rawValue)) else {
          throw .usage("expected 'raw', 'c' or 'swift'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
        }
        form = TypeForm(rawValue: name) ?? .raw
      case "unsorted": isSorted = false
      default:
        let text = try call.takeWord("the number of a type")
        guard let number = ObjectReference.number(text).flatMap(UInt32.init(exactly:)) else {
          throw .usage("can't parse \(text) as the number of a type")
        }
        guard source.graph.ids.contains(TypeID(number)) else {
          throw .failed("there is no type \(number); the last is \(source.graph.count - 1)")
        }
        roots = (roots ?? []) + [TypeID(number)]
      }
    }
    try call.expectEnd()
    switch form {
    case .raw:
      guard call.options.isJSON else { return try source.writeRaw(to: call.output, roots: roots) }
      var json = JSONWriter(to: call.output, isPretty: call.options.isPretty)
      try source.writeRaw(to: &json, roots: roots)
    case .c:
      if call.options.isJSON { throw .usage("types as C are text, for which there is no JSON") }
      try source.writeC(to: call.output, roots: roots, isSorted: isSorted)
    case .swift:
      if call.options.isJSON { throw .usage("types as Swift are text, for which there is no JSON") }
      try source.writeSwift(to: call.output, roots: roots, isSorted: isSorted)
    }
  }

  private static func takeSource(
    _ call: inout InspectorCall, _ base: TypeGraph?
  ) throws(InspectorError) -> (TypeSource, [TypeID]?) {
    let kernel = call.kernel
    guard let word = call.takeKeyword(["id", "map", "prog", "file"]) else {
      throw .usage(
        "expected 'id', 'prog', 'map' or 'file'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
    }
    switch word {
    case "id":
      let text = try call.takeWord("the number of type information")
      guard let id = ObjectReference.number(text).flatMap(UInt32.init(exactly:)) else {
        throw .usage("can't parse \(text) as ID")
      }
      return (try TypeSource(id: id, base: base, kernel: kernel), nil)
    case "prog":
      let program = try ObjectSelection(.program, takingOneFrom: &call).one()
      let info = try InspectorError.wrap { () throws(SystemCallError) in
        try kernel.programInfo(program, withMaps: false)
      }
      guard info.btfID != 0 else { throw .failed("program \(info.id) has no type information") }
      return (try TypeSource(id: info.btfID, base: base, kernel: kernel), nil)
    case "map":
      let map = try ObjectSelection(.map, takingOneFrom: &call).one()
      let info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.mapInfo(map) }
      guard info.btfID != 0 else { throw .failed("map \(info.id) has no type information") }
      let source = try TypeSource(id: info.btfID, base: base, kernel: kernel)
      let (key, value) = (TypeID(info.keyTypeID), TypeID(info.valueTypeID))
      switch call.takeKeyword(["kv", "key", "value", "all"]) {
      case "key": return (source, [key])
      case "value": return (source, [value])
      case "all": return (source, nil)
      default: return (source, [key, value].filter { $0.rawValue != 0 })
      }
    default:
      let path = try call.takeWord("a file with type information")
      return (try TypeSource(file: path, base: base), nil)
    }
  }
}
