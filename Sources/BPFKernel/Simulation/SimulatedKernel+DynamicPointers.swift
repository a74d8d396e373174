#if !hasFeature(Embedded)
  extension SimulatedKernel {
    /// A dynamic pointer is an address and a size in 64 bits each; nowhere is address 0.
    func answerOfDynamicPointers(
      _ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64
    ) -> UInt64? {
      switch number {
      case 197:
        set(d, a, b)
        return 0
      case 198:
        set(d, map(at: a).reserve(b), b)
        return 0
      case 199, 200:
        let address = pointer(a)?.load(as: UInt64.self) ?? 0
        let isKnown = maps.values.contains { $0.finish(address, submit: number == 199) }
        precondition(isKnown, "a record was submitted or discarded that is not reserved")
        set(a, 0, 0)
        return 0
      case 201: return copy(to: pointer(a), from: bytes(c, offset: d, count: b), count: b)
      case 202: return copy(to: bytes(a, offset: b, count: d), from: pointer(c), count: d)
      case 203: return word(bytes(a, offset: b, count: c))
      default: return nil
      }
    }

    private func set(_ place: UInt64, _ address: UInt64, _ size: UInt64) {
      pointer(place)?.storeBytes(of: address, as: UInt64.self)
      pointer(place)?.storeBytes(of: size, toByteOffset: 8, as: UInt64.self)
    }

    /// Where the bytes at an offset lie; nil when there are not so many.
    private func bytes(_ place: UInt64, offset: UInt64, count: UInt64) -> UnsafeMutableRawPointer? {
      guard let state = pointer(place) else { return nil }
      let size = state.load(fromByteOffset: 8, as: UInt64.self)
      guard offset <= size, count <= size - offset, let start = pointer(state.load(as: UInt64.self)) else { return nil }
      return start + Int(offset)
    }

    private func copy(to place: UnsafeMutableRawPointer?, from source: UnsafeRawPointer?, count: UInt64) -> UInt64 {
      // -E2BIG
      guard let place, let source else { return UInt64(bitPattern: -7) }
      place.copyMemory(from: source, byteCount: Int(count))
      return 0
    }
  }
#endif
