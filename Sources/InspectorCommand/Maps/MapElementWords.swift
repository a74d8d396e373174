internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `lookup`, `getnext`, `update`, `delete`, and what queues and stacks have of them.
extension InspectorObject {
  /// The map and what is said about its element.
  private static func elements(
    _ call: inout InspectorCall, _ parts: Set<ElementArguments.Part>
  ) throws(InspectorError) -> (MapElements, ElementArguments) {
    let elements = try MapElements(
      of: MapSelection(takingOneFrom: &call).one(), kernel: call.kernel)
    return (elements, try ElementArguments(takingFrom: &call.words, for: elements, parts))
  }

  static func lookUpElement(_ call: inout InspectorCall) throws(InspectorError) {
    let (elements, arguments) = try elements(&call, [.key])
    let key = arguments.key ?? []
    if let value = try elements.value(of: key) { return try call.answer(key, value, of: elements) }
    try call.answer { json throws(SystemCallError) in
      try json.null()
    } text: {
      elements.textOfMissing(key: key)
    }
    let what = key.isEmpty ? "is empty" : "has no such key"
    throw .answered("map '\(elements.info.name)' \(what)", .noSuchFileOrDirectory)
  }

  static func takeElement(_ call: inout InspectorCall) throws(InspectorError) {
    let (elements, _) = try elements(&call, [])
    guard elements.info.keySize == 0 else { throw .library(.wrongMapType(map: elements.info.name, elements.info.type)) }
    if let value = try elements.take([]) { return try call.answer([], value, of: elements) }
    try call.answerDone()
    throw .answered("empty map", .noSuchFileOrDirectory)
  }

  static func showNextKey(_ call: inout InspectorCall) throws(InspectorError) {
    let (elements, arguments) = try elements(&call, [.optionalKey])
    let next = try elements.nextKey(after: arguments.key)
    try call.answer { json throws(SystemCallError) in
      try json.object { json throws(SystemCallError) in
        try json.name("key")
        if let key = arguments.key { try json.bytes(key) } else { try json.null() }
        try json.name("next_key")
        try json.bytes(next)
      }
    } text: {
      elements.text(key: arguments.key, next: next)
    }
  }

  static func removeElement(_ call: inout InspectorCall) throws(InspectorError) {
    let (elements, arguments) = try elements(&call, [.key])
    try elements.remove(arguments.key ?? [])
    try call.answerDone()
  }

  static func updateElement(_ call: inout InspectorCall) throws(InspectorError) {
    let (elements, arguments) = try elements(&call, [.key, .value, .condition])
    let key = arguments.key ?? []
    switch arguments.value {
    case nil: break
    case .bytes(let bytes): try elements.update(key, to: bytes, arguments.update)
    case .object(let kind, let reference):
      // The kernel takes a descriptor, which has to stay open only for the call.
      let object = try ObjectLookup(kind, kernel: call.kernel).open(reference)
      try object.withNumber { number throws(InspectorError) in
        try elements.update(key, to: withUnsafeBytes(of: number) { Array($0) }, arguments.update)
      }
      if kind == .program, !isKept(elements.info, call) {
        call.warn(
          "no other process and no pin that is seen here holds map '\(elements.info.name)'; without one the kernel "
            + "empties it when this command ends")
      }
    }
    try call.answerDone()
  }

  /// Whether somebody but this process can put programs into a map: the kernel empties an array of programs when nobody
  /// can (`bpf_map_put_uref` in `kernel/bpf/syscall.c`).
  private static func isKept(_ info: MapInfo, _ call: InspectorCall) -> Bool {
    Holders.find().processes(holding: .map, info.id).contains { $0.pid != CurrentProcess.id }
      || !PinnedObjects.find(kernel: call.kernel).paths(of: .map, info.id).isEmpty
  }
}

extension InspectorCall {
  /// An element: as JSON, as its types say, or as lines of bytes.
  func answer(_ key: [UInt8], _ value: [UInt8], of elements: MapElements) throws(InspectorError) {
    if !options.isJSON, elements.isTyped {
      var json = JSONWriter(to: output, isPretty: true)
      do throws(SystemCallError) {
        return try elements.write(key: key, value: value, to: &json, withBytes: false)
      } catch { throw .systemCall(error) }
    }
    try answer { json throws(SystemCallError) in
      try elements.write(key: key, value: value, to: &json)
    } text: {
      elements.text(key: key, value: value)
    }
  }
}
