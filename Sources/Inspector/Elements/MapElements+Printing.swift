internal import BTF
public import LinuxSystem

/// One element, as bpftool prints it.
extension MapElements {
  /// Whether elements are printed with their types, as JSON also where text is asked for.
  public var isTyped: Bool { types != nil }

  /// Lines, for a map without types.
  public func text(key: [UInt8], value: [UInt8]) -> String {
    if holdsMaps {
      let breaks = shape.keySize > 16
      return "key:\(breaks ? "\n" : " ")\(HexDigits.rows(key))\(breaks ? "\n" : "  ")"
        + "inner_map_id:\(breaks ? "\n" : " ")\(Self.number(value)) \n"
    }
    var text: [UInt8] = []
    key.withUnsafeBytes { key in
      value.withUnsafeBytes { value in
        _ = ElementTemplate(linesOf: shape).print(shape, key, value, count: 1) { part in
          text += part
          return true
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Lines for an element that cannot be read.
  func text(key: [UInt8], error: SystemErrno) -> String { "key:\n\(HexDigits.rows(key))\nvalue:\n\(error.text)\n" }

  /// Lines for a key that is not there.
  public func textOfMissing(key: [UInt8]) -> String { "key:\n\(HexDigits.rows(key))\n\nNot found\n" }

  /// Lines for a key and the one behind it.
  public func text(key: [UInt8]?, next: [UInt8]) -> String {
    (key.map { "key:\n\(HexDigits.rows($0))\n" } ?? "key: None\n") + "next key:\n\(HexDigits.rows(next))\n"
  }

  /// A JSON object: bytes, and the typed forms beside them; only those when `withBytes` is false.
  public func write(
    key: [UInt8], value: [UInt8], to json: inout JSONWriter, withBytes: Bool = true
  ) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      if withBytes {
        try json.name("key")
        try json.bytes(key)
        try writeValues(value, to: &json) { bytes, json throws(SystemCallError) in try json.bytes(bytes) }
        if holdsMaps { try json.member("inner_map_id", Self.number(value)) }
        guard types != nil else { return }
        try json.name("formatted")
        try json.object { json throws(SystemCallError) in try writeTyped(key, value, true, to: &json) }
      } else {
        try writeTyped(key, value, false, to: &json)
      }
    }
  }

  /// A JSON object for an element that cannot be read.
  func write(
    key: [UInt8], error: SystemErrno, to json: inout JSONWriter, withBytes: Bool
  ) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      if withBytes {
        try json.name("key")
        try json.bytes(key)
      } else {
        try writeTypedKey(key, false, to: &json)
      }
      try json.name("value")
      try json.object { json throws(SystemCallError) in try json.member("error", error.text) }
    }
  }

  /// A map's number, which is what user space reads of an inner map.
  private static func number(_ value: [UInt8]) -> UInt32 {
    value.count < 4 ? 0 : value.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
  }

  /// The member `value`, or `values` with those of all CPUs.
  private func writeValues(
    _ stored: [UInt8], to json: inout JSONWriter,
    _ body: (UnsafeRawBufferPointer, inout JSONWriter) throws(SystemCallError) -> Void
  ) throws(SystemCallError) {
    let result: Result<Void, SystemCallError> = stored.withUnsafeBytes { stored in
      Result { () throws(SystemCallError) in
        let values = shape.values(in: stored)
        guard shape.isPerCPU else {
          try json.name("value")
          return try body(values.first?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0), &json)
        }
        try json.name("values")
        try json.array { json throws(SystemCallError) in
          for (cpu, bytes) in values {
            try json.object { json throws(SystemCallError) in
              try json.member("cpu", cpu)
              try json.name("value")
              try body(bytes, &json)
            }
          }
        }
      }
    }
    try result.get()
  }

  private func writeTyped(
    _ key: [UInt8], _ value: [UInt8], _ decimalPointers: Bool, to json: inout JSONWriter
  ) throws(SystemCallError) {
    guard let types else { return }
    try writeTypedKey(key, decimalPointers, to: &json)
    try writeValues(value, to: &json) { bytes, json throws(SystemCallError) in
      try write(types, types.value, bytes, decimalPointers, to: &json)
    }
  }

  private func writeTypedKey(
    _ key: [UInt8], _ decimalPointers: Bool, to json: inout JSONWriter
  ) throws(SystemCallError) {
    guard let types, let type = types.key else { return }
    try json.name("key")
    let result: Result<Void, SystemCallError> = key.withUnsafeBytes { key in
      Result { () throws(SystemCallError) in try write(types, type, key, decimalPointers, to: &json) }
    }
    try result.get()
  }

  private func write(
    _ types: MapTypes, _ type: TypeID, _ bytes: UnsafeRawBufferPointer, _ decimalPointers: Bool,
    to json: inout JSONWriter
  ) throws(SystemCallError) {
    let value: PrintedValue
    do throws(BTFError) { value = try PrintedValue(of: type, in: types.graph, bytes) } catch {
      return try json.object { json throws(SystemCallError) in try json.member("error", "\(error)") }
    }
    try value.write(to: &json, decimalPointers: decimalPointers)
  }
}
