public import BTF
public import KernelInterface
internal import LinuxSystem

/// What a map's type information says about its keys and values.
public struct MapTypes: Sendable {
  /// The types.
  public let graph: TypeGraph
  /// The type of a key; nil for maps of a data section.
  public let key: TypeID?
  /// The type of a value.
  public let value: TypeID

  /// Nil for a map that has no types.
  ///
  /// - Throws: when the kernel does not hand them out (CAP_SYS_ADMIN), or they are malformed.
  public init?(_ info: MapInfo, kernel: any KernelCalls = LiveKernel()) throws(InspectorError) {
    guard info.btfID != 0, info.valueTypeID != 0 else { return nil }
    let bytes = try InspectorError.wrap { () throws(SystemCallError) in
      try kernel.btfBytes(kernel.open(.btf, id: info.btfID))
    }
    do throws(BTFError) { graph = try TypeGraph(bytes: bytes) } catch {
      throw .failed("type information \(info.btfID) of map '\(info.name)': \(error)")
    }
    key = info.keyTypeID == 0 ? nil : TypeID(info.keyTypeID)
    value = TypeID(info.valueTypeID)
  }

  /// The bytes of what a person typed for a key or a value.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` that says what was expected.
  public func bytes(typed text: String, as type: TypeID, size: Int, _ role: String) throws(InspectorError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(TypedInputError) { bytes = try graph.bytes(ofTyped: text, as: type) } catch {
      throw .usage("\(role): \(error)")
    }
    guard bytes.count == size else {
      throw .failed("\(role): its type has \(bytes.count) bytes, the map \(size)")
    }
    return bytes
  }
}
