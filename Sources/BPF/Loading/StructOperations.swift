internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// `struct_ops`: a struct of the kernel whose functions are programs.
///
/// The object's struct may be of another layout than the kernel's, as any CO-RE type: members are matched by name.
/// Source: `kernel/bpf/bpf_struct_ops.c`; the map's value is the kernel's `struct bpf_struct_ops_NAME`, which has the
/// struct behind its own fields.
extension LoadContext {
  /// The kernel's struct, the struct around it, and where it stands in that one.
  private struct KernelStruct {
    var types: TypeGraph
    var module: String?
    var id: TypeID
    var valueID: TypeID
    var valueSize: Int
    var offset: Int
  }

  private func kernelStruct(_ operations: StructOperationsSpec, _ map: String) throws(LoadError) -> KernelStruct {
    let name = operations.typeName.essentialName
    let found: (id: TypeID, types: TypeGraph, module: String?)?
    do throws(KernelTypes.Failure) { found = try runningTypes.find("bpf_struct_ops_\(name)", [.structure]) } catch {
      throw .kernelTypes(error)
    }
    guard let found else { throw .missingFeature("struct_ops of type '\(name)'", neededBy: "map '\(map)'") }
    do throws(BTFError) {
      if let id = found.types.id(named: name, kind: .structure),
        let member = try found.types.composite(found.id).members.first(where: { $0.name == "data" })
      {
        return KernelStruct(
          types: found.types, module: found.module, id: id, valueID: found.id,
          valueSize: try found.types.size(of: found.id), offset: member.byteOffset)
      }
    } catch {
      throw .kernelTypes(.malformed(path: found.module ?? "vmlinux", error))
    }
    throw .missingFeature("struct_ops of type '\(name)'", neededBy: "map '\(map)'")
  }

  /// Bytes of the kernel's struct around the operations, which is what the map holds.
  func structOperationsValueSize(_ operations: StructOperationsSpec, _ map: String) throws(LoadError) -> Int {
    try kernelStruct(operations, map).valueSize
  }

  /// Whether a program is only for `struct_ops` maps that are not created.
  func isUnneeded(_ program: ObjectProgram) -> Bool {
    guard program.type == .structOperations else { return false }
    let users = spec.maps.filter { map in
      map.structOperations?.functions.contains { $0.program == program.name } == true
    }
    return !users.isEmpty && !users.contains(where: \.isCreated)
  }

  /// Says in a map's creation what its value is.
  func setKernelType(
    of operations: StructOperationsSpec, _ spec: MapSpec, _ creation: inout MapCreation
  ) throws(LoadError) {
    let found = try kernelStruct(operations, spec.name)
    guard let types else {
      throw typesRefusal.map { .typesRefused(object: self.spec.name, $0) }
        ?? .badMap(spec.name, "the object has no types")
    }
    creation.btf = types.descriptor.number
    creation.keyTypeID = 0
    creation.valueTypeID = 0
    creation.kernelValueTypeID = found.valueID.rawValue
    creation.kernelValueTypeModule = try found.module.map { (name) throws(LoadError) in try moduleNumber(name) }
    creation.valueSize = UInt32(clamping: found.valueSize)
    if operations.usesLink { creation.flags.insert(.link) }
  }

  /// What a program of a `struct_ops` map is loaded for: the kernel's struct, and the number of the member.
  func structOperationsTarget(
    of program: String
  ) throws(LoadError) -> (target: AttachTargetType, member: AttachType)? {
    for map in spec.maps where map.isCreated {
      guard let operations = map.structOperations,
        let slot = operations.functions.first(where: { $0.program == program })
      else { continue }
      let found = try kernelStruct(operations, map.name)
      let (own, index) = try member(at: slot.offset, of: operations, map.name, in: found)
      guard let index else {
        throw .badMap(map.name, "the kernel's struct has no member '\(own)', for which program '\(program)' is meant")
      }
      let object = try found.module.map { (name) throws(LoadError) in try moduleNumber(name) }
      return (AttachTargetType(id: found.id, object: object), AttachType(rawValue: UInt32(clamping: index)))
    }
    return nil
  }

  /// The name of the object's member that begins at a byte, and the place of the kernel's member of that name.
  private func member(
    at offset: Int, of operations: StructOperationsSpec, _ map: String, in kernelStruct: KernelStruct
  ) throws(LoadError) -> (name: String, index: Int?) {
    do throws(BTFError) {
      if let own = try spec.types?.composite(operations.typeID).members.first(where: { $0.byteOffset == offset }) {
        let members = try kernelStruct.types.composite(kernelStruct.id).members
        return (own.name, members.firstIndex { $0.name == own.name })
      }
    } catch {
      throw .types(object: spec.name, error)
    }
    throw .badMap(map, "no member begins at byte \(offset)")
  }

  /// The map's value: the object's members at the kernel's places, with descriptors of programs for functions.
  ///
  /// A member that the kernel does not have is an error when the object set it.
  func structOperationsValue(_ map: MapSpec, _ programs: [String: Program]) throws(LoadError) -> [UInt8] {
    guard let operations = map.structOperations, let types = spec.types else { return [] }
    let found = try kernelStruct(operations, map.name)
    var value = [UInt8](repeating: 0, count: found.valueSize)
    func store(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(LoadError) {
      guard offset >= 0, offset + bytes.count <= value.count else {
        throw .badMap(map.name, "the kernel's struct is shorter than its members")
      }
      for (index, byte) in bytes.enumerated() { value[offset + index] = byte }
    }
    let members: RecordItems<Member>
    do throws(BTFError) { members = try types.composite(operations.typeID).members } catch {
      throw .types(object: spec.name, error)
    }
    for own in members {
      let size: Int
      do throws(BTFError) { size = try types.size(of: own.type) } catch { throw .types(object: spec.name, error) }
      let slot = operations.functions.first { $0.offset == own.byteOffset }
      guard own.bitFieldSize == nil, own.byteOffset + size <= operations.contents.count else {
        throw .badMap(map.name, "member '\(own.name)' is a bit-field or lies outside the initial value")
      }
      let bytes = operations.contents[own.byteOffset..<(own.byteOffset + size)]
      if slot == nil, bytes.allSatisfy({ $0 == 0 }) { continue }
      let kernels: (offset: Int, size: Int)?
      do throws(BTFError) {
        kernels = try found.types.composite(found.id).members.first { $0.name == own.name }
          .map { (member) throws(BTFError) in (member.byteOffset, try found.types.size(of: member.type)) }
      } catch {
        throw .kernelTypes(.malformed(path: found.module ?? "vmlinux", error))
      }
      guard let kernels else { throw .badMap(map.name, "the kernel's struct has no member '\(own.name)'") }
      if let slot {
        guard let program = programs[slot.program] else { continue }
        let number = UInt64(program.descriptor.withNumber { UInt32(bitPattern: $0) })
        try store(withUnsafeBytes(of: number) { $0[...].map { $0 } }[...], at: found.offset + kernels.offset)
      } else {
        guard kernels.size == size else {
          throw .badMap(map.name, "member '\(own.name)' has \(size) bytes, in the kernel \(kernels.size)")
        }
        try store(bytes, at: found.offset + kernels.offset)
      }
    }
    return value
  }
}
