internal import BTF
internal import ELF
internal import KernelInterface

extension ObjectReader {
  /// Reads the maps that structs of numbers define (`maps`), as before BTF.
  ///
  /// The struct begins with type, key size, value size and number of entries; flags follow in all but the oldest. The
  /// kernel's samples added the place of the inner map and the memory node, iproute2 an identity, pinning, and by whose
  /// identity and where a map is put into another (`struct bpf_elf_map`).
  mutating func readLegacyMaps() throws(ObjectError) {
    guard let section = kinds.firstIndex(of: .legacyMaps) else { return }
    let bytes = try contents(of: section)
    let definitions = symbols.filter { $0.section == section && $0.type != .section && !$0.name.isEmpty }
      .sorted { $0.value < $1.value }
    guard !definitions.isEmpty else { return }
    guard definitions.count <= 4096 else {
      throw failure(.malformed(found: "\(definitions.count) maps", expected: "at most 4096"), section: section)
    }
    let size = bytes.count / definitions.count
    guard size >= 16, size % 4 == 0, size * definitions.count == bytes.count else {
      throw failure(
        .malformed(
          found: "\(bytes.count) bytes for \(definitions.count) maps",
          expected: "the same number of bytes for each, at least 16"),
        section: section)
    }
    var legacy: [LegacyMap] = []
    for (index, symbol) in definitions.enumerated() {
      guard symbol.value == index * size else {
        throw failure(
          .malformed(found: "a map's symbol", expected: "one at byte \(index * size)"), section: section,
          symbol: symbol.name, offset: symbol.value)
      }
      var words: [UInt32] = []
      for word in 0..<size / 4 {
        words.append(bytes.integer(at: symbol.value + word * 4, as: UInt32.self, order: file.byteOrder) ?? 0)
      }
      legacy.append(LegacyMap(name: symbol.name, words: words))
      mapsByPlace[SectionPlace(section: section, offset: symbol.value)] = symbol.name
    }
    for (index, map) in legacy.enumerated() { object.maps.append(try spec(of: map, at: index, among: legacy, section)) }
  }

  private func spec(
    of map: LegacyMap, at index: Int, among maps: [LegacyMap], _ section: Int
  ) throws(ObjectError) -> MapSpec {
    var spec = map.plain
    if spec.type == .unspecified { throw failure(.missing("the type of the map"), section: section, symbol: map.name) }
    try annotate(&spec)
    if map.isLong {
      switch map.word(6) {
      case 0: break
      case 1, 2: spec.pinning = .byName
      default:
        throw failure(
          .malformed(found: "pinning \(map.word(6))", expected: "0, 1 or 2 as iproute2 has them"), section: section,
          symbol: map.name)
      }
      if map.word(7) != 0, spec.type == .arrayOfMaps || spec.type == .hashOfMaps {
        let inner = maps.filter { $0.isLong && $0.word(5) == map.word(7) }
        guard let first = inner.first else {
          throw failure(.missing("a map with the identity \(map.word(7))"), section: section, symbol: map.name)
        }
        spec.innerMap = first.plain
        for inner in inner {
          if let place = Int(exactly: Int32(bitPattern: inner.word(8))), place >= 0 {
            spec.slots.append(MapSpec.Slot(index: place, content: .map(inner.name)))
          }
        }
        spec.slots.sort { $0.index < $1.index }
      }
    } else if map.words.count > 5 {
      if spec.type == .arrayOfMaps || spec.type == .hashOfMaps {
        let place = Int(map.word(5))
        guard maps.indices.contains(place), place != index else {
          throw failure(
            .malformed(found: "inner map \(place)", expected: "the place of another of \(maps.count) maps"),
            section: section, symbol: map.name)
        }
        spec.innerMap = maps[place].plain
      } else if map.word(5) != 0 {
        throw unknownField(map, 5, section)
      }
      if spec.flags.contains(.numaNode) {
        spec.numaNode = map.word(6)
      } else if map.word(6) != 0 {
        throw unknownField(map, 6, section)
      }
    }
    let known = map.isLong ? 9 : 7
    for field in map.words.indices.dropFirst(known) where map.word(field) != 0 {
      throw unknownField(map, field, section)
    }
    return spec
  }

  private func unknownField(_ map: LegacyMap, _ field: Int, _ section: Int) -> ObjectError {
    failure(
      .unsupported("its definition has a number \(map.word(field)) in byte \(field * 4), which has no known meaning"),
      section: section, symbol: map.name)
  }

  /// Types of keys and values of a legacy map stand in a struct beside it (`BPF_ANNOTATE_KV_PAIR`).
  private func annotate(_ map: inout MapSpec) throws(ObjectError) {
    guard let types, let id = types.id(named: "____btf_map_\(map.name)", kind: .structure),
      let key = try? types.member(named: "key", of: id), let value = try? types.member(named: "value", of: id),
      (try? types.size(of: key.type)) == map.keySize, (try? types.size(of: value.type)) == map.valueSize
    else { return }
    map.keyTypeID = key.type
    map.valueTypeID = value.type
  }
}

/// The numbers of a legacy definition.
private struct LegacyMap {
  var name: String
  var words: [UInt32]

  /// Whether it is iproute2's form.
  var isLong: Bool { words.count >= 9 }

  func word(_ index: Int) -> UInt32 { words.indices.contains(index) ? words[index] : 0 }

  /// The map by its first five numbers.
  var plain: MapSpec {
    MapSpec(
      name: name, type: MapType(rawValue: word(0)), keySize: Int(word(1)), valueSize: Int(word(2)),
      maxEntries: Int(word(3)), flags: MapCreation.Flags(rawValue: word(4)))
  }
}
