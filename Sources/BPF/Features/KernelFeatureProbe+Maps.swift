internal import BTF
internal import KernelInterface
internal import LinuxSystem

extension KernelFeatureProbe {
  /// Creates the smallest map of the type and lets it go.
  func map(_ type: MapType) -> KernelFeatureAvailability {
    let page = UInt32(clamping: MemoryPage.size)
    var creation = MapCreation(type: type, keySize: 4, valueSize: 4, maxEntries: 1)
    switch type {
    case .longestPrefixTrie:
      creation.keySize = 8
      creation.flags = .noPreallocation
    case .stackTrace: creation.valueSize = 8
    case .cgroupStorage, .perCPUCgroupStorage:
      // `struct bpf_cgroup_storage_key`.
      creation.keySize = 16
      creation.maxEntries = 0
    case .queue, .stack, .bloomFilter: creation.keySize = 0
    case .reusePortSocketArray: creation.valueSize = 8
    case .ringBuffer, .userRingBuffer:
      (creation.keySize, creation.valueSize, creation.maxEntries) = (0, 0, page)
    case .instructionArray: creation.valueSize = 16
    case .resizableHash: creation.flags = .noPreallocation
    case .arena:
      (creation.keySize, creation.valueSize) = (0, 0)
      creation.flags = .mappable
    case .structOps:
      // No struct_ops has the type 1 for its values: the kernel says that it does not support it.
      creation.kernelValueTypeID = 1
      let answer = outcome { () throws(SystemCallError) in _ = try kernel.createMap(creation) }
      let expected = SystemErrno.notSupportedByKernel.rawValue
      return answer == .missing(.refused(call: "bpf(BPF_MAP_CREATE)", errno: expected)) ? .available : answer
    case .arrayOfMaps, .hashOfMaps: return mapOfMaps(creation)
    case .socketStorage, .inodeStorage, .taskStorage, .cgroupLocalStorage: return storage(creation)
    default: break
    }
    return outcome { () throws(SystemCallError) in _ = try kernel.createMap(creation) }
  }

  private func mapOfMaps(_ creation: MapCreation) -> KernelFeatureAvailability {
    outcome { () throws(SystemCallError) in
      let inner = try kernel.createMap(MapCreation(type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
      try inner.withNumber { number throws(SystemCallError) in
        var creation = creation
        creation.innerMap = number
        _ = try kernel.createMap(creation)
      }
    }
  }

  /// Storages want to know the types of their keys and values.
  private func storage(_ creation: MapCreation) -> KernelFeatureAvailability {
    withTypes { builder throws(BTFError) in
      try builder.addInteger(named: "int", size: 4, isSigned: true)
    } _: { number, id in
      var creation = creation
      creation.flags = .noPreallocation
      creation.maxEntries = 0
      (creation.btf, creation.keyTypeID, creation.valueTypeID) = (number, id.rawValue, id.rawValue)
      return outcome { () throws(SystemCallError) in _ = try kernel.createMap(creation) }
    }
  }

  /// Gives the kernel types and lends their descriptor.
  func withTypes(
    _ build: (inout TypeGraphBuilder) throws(BTFError) -> TypeID,
    _ body: (CInt, TypeID) -> KernelFeatureAvailability
  ) -> KernelFeatureAvailability {
    let missing = KernelFeatureAvailability.missing(
      .refused(call: "bpf(BPF_BTF_LOAD)", errno: SystemErrno.invalidArgument.rawValue))
    var builder = TypeGraphBuilder()
    guard let id = try? build(&builder), let bytes = try? builder.build() else { return missing }
    do throws(BTFRefusal) {
      let btf = try kernel.loadBTF(bytes)
      return btf.withNumber { body($0, id) }
    } catch {
      return Self.missing(error.error)
    }
  }

  /// Does with a map what the option allows.
  func mapOption(_ option: KernelFeature.MapOption) -> KernelFeatureAvailability {
    var creation = MapCreation(type: .array, keySize: 4, valueSize: 4, maxEntries: 1)
    switch option {
    case .mappable: creation.flags = .mappable
    case .readOnlyForPrograms: creation.flags = .readOnlyForPrograms
    case .innerMapsOfAnySize: creation.flags = .innerMap
    case .freezing:
      return outcome { () throws(SystemCallError) in try kernel.freezeMap(kernel.createMap(creation)) }
    case .names: creation.name = ObjectName("probe")
    case .noPreallocation:
      creation.type = .hash
      creation.flags = .noPreallocation
    case .numaNode: creation.numaNode = 0
    case .batches:
      // There is no descriptor -1; a kernel without batches says first that it does not know the command.
      var attribute = BPFAttribute()
      attribute.set(CInt(-1), at: 36)  // batch.map_fd
      return answer(.mapLookupBatch, kernel.bpf(.mapLookupBatch, &attribute), expecting: .badFileDescriptor)
    case .lookupAndDelete:
      creation.type = .hash
      return outcome { () throws(SystemCallError) in
        let map = try kernel.createMap(creation)
        let key: UInt32 = 0
        var value: UInt32 = 0
        _ = try withUnsafeBytes(of: key) { key throws(SystemCallError) in
          try withUnsafeMutableBytes(of: &value) { value throws(SystemCallError) in
            guard let address = value.baseAddress else { return false }
            return try kernel.takeElement(of: map, key: key.baseAddress, value: address)
          }
        }
      }
    }
    return outcome { () throws(SystemCallError) in _ = try kernel.createMap(creation) }
  }
}
