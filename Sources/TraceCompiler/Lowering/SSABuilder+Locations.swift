import Bytecode

extension SSABuilder {
  /// The address of a place as a value, to hand to a helper.
  mutating func address(of location: Location) -> SSAValue {
    location.offset == 0 ? location.base : binary(.add, location.base, Int64(location.offset))
  }

  mutating func load(_ size: AccessSize, _ location: Location, signed: Bool = false) -> SSAValue {
    load(size, location.base, offset: location.offset, signed: signed)
  }

  mutating func store(_ size: AccessSize, _ location: Location, _ value: SSAValue) {
    store(size, location.base, offset: location.offset, value)
  }

  mutating func store(_ size: AccessSize, _ location: Location, constant: Int64) {
    store(size, location.base, offset: location.offset, constant: constant)
  }

  mutating func zero(_ location: Location, byteCount: Int) {
    zeroMemory(location.base, offset: location.offset, count: Int32(clamping: byteCount), alignment: 8)
  }

  mutating func copy(to target: Location, from source: Location, byteCount: Int, alignment: Int32 = 8) {
    copyMemory(
      to: target.address, from: source.address, count: Int32(clamping: byteCount), alignment: alignment)
  }
}
