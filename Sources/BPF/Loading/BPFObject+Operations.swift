extension BPFObject {
  /// Registers the operations of a `struct_ops` map that needs no link (section `.struct_ops`), for as long as the kernel
  /// runs or until ``StructOpsMap/unregister()``.
  ///
  /// *First kernel*: 5.6.
  ///
  /// - Throws: ``BPFError/wrongMapType(map:_:)`` for a map that is none, or whose operations a link registers:
  ///   ``Map/attachOperations()``; ``BPFError/mapElement(_:)`` when the kernel does not take them.
  public func registerOperations(of map: Map) throws(BPFError) {
    guard let value = operationValues[map.spec.name], map.spec.structOperations?.usesLink == false else {
      throw .wrongMapType(map: map.spec.name, map.spec.type)
    }
    try StructOpsMap(map).register(value)
  }
}
