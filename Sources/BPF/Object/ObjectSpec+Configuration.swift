internal import BTF
internal import KernelInterface

extension ObjectSpec {
  /// Gives each option of the kernel's configuration a place in the value of a map: those that must be aligned most
  /// come first, as libbpf has it.
  mutating func layOutConfiguration(_ types: TypeGraph?, section: TypeID?) {
    func alignment(_ option: ExternSpec) -> Int { max(1, (try? types?.alignment(of: option.typeID)) ?? 1) }
    let options = externs.indices.filter { externs[$0].kind == .configuration }
      .map { (index: $0, alignment: alignment(externs[$0]), option: externs[$0]) }
      .sorted { one, other in
        (other.alignment, other.option.size, one.option.name) < (one.alignment, one.option.size, other.option.name)
      }
    guard !options.isEmpty else { return }
    var end = 0
    var map = MapSpec(
      name: dataMapName(".kconfig"), type: .array, keySize: 4, valueSize: 0, maxEntries: 1,
      flags: [.readOnlyForPrograms, .mappable], valueTypeID: section)
    for (index, alignment, option) in options {
      // Sizes are those of types below 4 GiB, of which there are few: no overflow.
      let offset = (end + alignment - 1) / alignment * alignment
      externs[index].offset = offset
      end = offset + option.size
      map.variables.append(VariableSpec(name: option.name, offset: offset, size: option.size, typeID: option.typeID))
    }
    map.valueSize = end
    map.dataSection = ".kconfig"
    map.isFrozen = true
    maps.append(map)
  }
}
