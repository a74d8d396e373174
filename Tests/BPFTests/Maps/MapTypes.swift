import BTF
import KernelInterface
import LinuxSystem

@testable import BPF

/// A map whose values have a type, as storages and locks want it.
func typedMap(
  _ type: MapType, name: String, valueSize: UInt32 = 8, maxEntries: UInt32 = 0, flags: MapCreation.Flags = [],
  _ value: (inout TypeGraphBuilder) throws -> TypeID = {
    try $0.addInteger(named: "long long unsigned int", size: 8, isSigned: false)
  }
) throws -> Map {
  var types = TypeGraphBuilder()
  let key = try types.addInteger(named: "int", size: 4, isSigned: true)
  let value = try value(&types)
  let btf = try LiveKernel().loadBTF(types.build())
  let descriptor = try btf.withNumber { number in
    var creation = MapCreation(
      type: type, keySize: 4, valueSize: valueSize, maxEntries: maxEntries, flags: flags, name: ObjectName(name))
    (creation.btf, creation.keyTypeID, creation.valueTypeID) = (number, key.rawValue, value.rawValue)
    return try LiveKernel().createMap(creation)
  }
  return try Map(adopting: descriptor)
}
