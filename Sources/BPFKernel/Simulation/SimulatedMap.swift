#if !hasFeature(Embedded)
  /// The contents of a map in a simulated kernel.
  final class SimulatedMap {
    let definition: MapDefinition
    /// Where the values are kept, by the bytes of their keys.
    private var places: [[UInt8]: UnsafeMutableRawPointer] = [:]
    /// Keys, the one used longest ago first.
    private var order: [[UInt8]] = []
    /// The values of a queue, a stack or a Bloom filter, or the records of a buffer, the oldest first.
    var values: [[UInt8]] = []
    /// Room in a ring buffer that is neither submitted nor discarded.
    private var reserved: [UInt: Int] = [:]
    /// Values that were removed, kept because a program may still hold their address.
    private var removed: [UnsafeMutableRawPointer] = []

    init(_ definition: MapDefinition) { self.definition = definition }

    deinit {
      for place in places.values { place.deallocate() }
      for place in removed { place.deallocate() }
      for address in reserved.keys { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
    }

    private var type: MapType { MapType(rawValue: definition.type) }

    /// Whether every index has a value from the start.
    private var isArray: Bool { type == .array || type == .perCPUArray }
    private var dropsOldest: Bool { type == .lruHash || type == .lruPerCPUHash }
    private var isPerCPU: Bool { type == .perCPUHash || type == .perCPUArray || type == .lruPerCPUHash }
    private var valueSize: Int { Int(definition.valueSize) }

    /// The keys in the map, the one used longest ago first.
    func keys() -> [[UInt8]] { order }

    private func bytes(_ address: UInt64, _ count: Int) -> [UInt8] {
      guard let start = UnsafeRawPointer(bitPattern: UInt(address)) else { return [] }
      return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The key as it is stored: of a map with a value for each CPU, with the CPU.
    private func stored(_ key: [UInt8], _ cpu: UInt32) -> [UInt8] {
      isPerCPU ? key + withUnsafeBytes(of: cpu) { Array($0) } : key
    }

    func place(for address: UInt64, cpu: UInt32) -> UnsafeMutableRawPointer? {
      place(for: bytes(address, Int(definition.keySize)), cpu: cpu)
    }

    func place(for key: [UInt8], cpu: UInt32) -> UnsafeMutableRawPointer? {
      if type == .longestPrefixTrie { return longestPrefix(of: key) }
      if isArray {
        guard key.withUnsafeBytes({ $0.loadUnaligned(as: UInt32.self) }) < definition.maxEntries else { return nil }
        return make(key, cpu)
      }
      guard let place = places[stored(key, cpu)] else {
        return isPerCPU && order.contains(key) ? make(key, cpu) : nil
      }
      use(key)
      return place
    }

    private func use(_ key: [UInt8]) {
      guard dropsOldest, let index = order.firstIndex(of: key) else { return }
      order.append(order.remove(at: index))
    }

    private func make(_ key: [UInt8], _ cpu: UInt32) -> UnsafeMutableRawPointer {
      let stored = stored(key, cpu)
      if let place = places[stored] { return place }
      let place = UnsafeMutableRawPointer.allocate(byteCount: max(valueSize, 1), alignment: 16)
      place.initializeMemory(as: UInt8.self, repeating: 0, count: valueSize)
      places[stored] = place
      if !order.contains(key) { order.append(key) }
      return place
    }

    /// The value of the longest prefix in the trie that the key starts with.
    private func longestPrefix(of key: [UInt8]) -> UnsafeMutableRawPointer? {
      func length(_ key: [UInt8]) -> Int { Int(key.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }) }
      func starts(_ key: [UInt8], with prefix: [UInt8]) -> Bool {
        length(prefix) <= length(key)
          && (0..<length(prefix)).allSatisfy { bit in
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            return key[4 + bit / 8] & mask == prefix[4 + bit / 8] & mask
          }
      }
      return places.filter { starts(key, with: $0.key) }.max { length($0.key) < length($1.key) }?.value
    }

    /// Stores a value, as `bpf_map_update_elem` does; 0 or a negative error number.
    func update(_ keyAddress: UInt64, _ valueAddress: UInt64, flags: UInt64, cpu: UInt32) -> Int {
      let key = bytes(keyAddress, Int(definition.keySize))
      let isPresent = order.contains(key)
      if isArray {
        guard let place = place(for: key, cpu: cpu) else { return -7 }
        if flags & 3 == 1 { return -17 }
        copy(valueAddress, to: place)
        return 0
      }
      if flags & 3 == 1, isPresent { return -17 }
      if flags & 3 == 2, !isPresent { return -2 }
      if !isPresent, order.count >= Int(definition.maxEntries) {
        guard dropsOldest, let oldest = order.first else { return -7 }
        remove(oldest)
      }
      copy(valueAddress, to: make(key, cpu))
      use(key)
      return 0
    }

    private func copy(_ address: UInt64, to place: UnsafeMutableRawPointer) {
      guard let source = UnsafeRawPointer(bitPattern: UInt(address)) else { return }
      place.copyMemory(from: source, byteCount: valueSize)
    }

    func remove(_ address: UInt64) -> Int {
      if isArray { return -22 }
      return remove(bytes(address, Int(definition.keySize))) ? 0 : -2
    }

    @discardableResult
    private func remove(_ key: [UInt8]) -> Bool {
      guard let index = order.firstIndex(of: key) else { return false }
      order.remove(at: index)
      for stored in places.keys.filter({ $0.starts(with: key) }) {
        if let place = places.removeValue(forKey: stored) { removed.append(place) }
      }
      return true
    }

    /// Where the value of an object is kept, by its address; made of `initial` when `create` is set.
    func storage(of object: UInt64, initial: UInt64, create: Bool) -> UnsafeMutableRawPointer? {
      let key = withUnsafeBytes(of: object) { Array($0) }
      if let place = places[key] { return place }
      guard create, object != 0 else { return nil }
      let place = make(key, 0)
      copy(initial, to: place)
      return place
    }

    func removeStorage(of object: UInt64) -> Int { remove(withUnsafeBytes(of: object) { Array($0) }) ? 0 : -2 }

    func push(_ address: UInt64, flags: UInt64) -> Int {
      if values.count >= Int(definition.maxEntries), type != .bloomFilter {
        if flags & 2 == 0 { return -7 }
        values.removeFirst()
      }
      values.append(bytes(address, valueSize))
      return 0
    }

    func peek(_ address: UInt64, removing: Bool) -> Int {
      if type == .bloomFilter { return values.contains(bytes(address, valueSize)) ? 0 : -2 }
      guard let value = type == .stack ? values.last : values.first else { return -2 }
      UnsafeMutableRawPointer(bitPattern: UInt(address))?.copyMemory(from: value, byteCount: value.count)
      if removing { values.remove(at: type == .stack ? values.count - 1 : 0) }
      return 0
    }

    func output(_ address: UInt64, _ count: UInt64) -> Int {
      values.append(bytes(address, Int(count)))
      return 0
    }

    func reserve(_ count: UInt64) -> UInt64 {
      let place = UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
      place.initializeMemory(as: UInt8.self, repeating: 0xaa, count: Int(count))
      reserved[UInt(bitPattern: place)] = Int(count)
      return word(place)
    }

    /// Ends a reservation; false when the memory is not of this map.
    func finish(_ address: UInt64, submit: Bool) -> Bool {
      guard let count = reserved.removeValue(forKey: UInt(address)) else { return false }
      if submit { values.append(bytes(address, count)) }
      UnsafeMutableRawPointer(bitPattern: UInt(address))?.deallocate()
      return true
    }

    /// Whether room is neither submitted nor discarded, which the verifier does not allow.
    var hasOpenReservations: Bool { !reserved.isEmpty }
  }
#endif
