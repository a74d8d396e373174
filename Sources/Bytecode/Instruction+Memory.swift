extension Instruction {
  /// `destination = *(uN *)(base + offset)`; with `signed`, the sign is copied upwards (v4).
  public static func load(
    _ size: AccessSize, _ destination: Register, from base: Register, offset: Int16 = 0, signed: Bool = false
  ) -> Self {
    Self(
      opcode: (signed ? 0x80 : 0x60) | size.rawValue | InstructionClass.loadRegister.rawValue,
      destination: destination.rawValue, source: base.rawValue, offset: offset)
  }

  /// `r0 = ` the number of `size` bytes at `offset` in the packet, in this machine's order.
  ///
  /// The program ends with 0 when the packet is shorter. `r6` must hold the context, and r1 to r5 are gone afterwards.
  /// A legacy instruction (RFC 9669, section 5.5), for programs that get a socket buffer.
  public static func loadPacket(_ size: AccessSize, at offset: Int32) -> Self {
    Self(opcode: 0x20 | size.rawValue | InstructionClass.load.rawValue, immediate: offset)
  }

  /// `*(uN *)(base + offset) = source`.
  public static func store(_ size: AccessSize, _ source: Register, to base: Register, offset: Int16 = 0) -> Self {
    Self(
      opcode: 0x60 | size.rawValue | InstructionClass.storeRegister.rawValue, destination: base.rawValue,
      source: source.rawValue, offset: offset)
  }

  /// `*(uN *)(base + offset) = immediate`, sign-extended to eight bytes.
  public static func store(_ size: AccessSize, _ immediate: Int32, to base: Register, offset: Int16 = 0) -> Self {
    Self(
      opcode: 0x60 | size.rawValue | InstructionClass.store.rawValue, destination: base.rawValue, offset: offset,
      immediate: immediate)
  }

  /// Changes `*(uN *)(base + offset)` in one step; a fetching operation leaves what was there in `source`, and
  /// compare-and-exchange in r0.
  ///
  /// `size` is a word or a double word. All but the plain addition need kernel 5.12.
  public static func atomic(
    _ operation: AtomicOperation, _ size: AccessSize, _ source: Register, at base: Register, offset: Int16 = 0
  ) -> Self {
    Self(
      opcode: 0xc0 | size.rawValue | InstructionClass.storeRegister.rawValue, destination: base.rawValue,
      source: source.rawValue, offset: offset, immediate: operation.rawValue)
  }

  /// The two slots of `destination = number`.
  public static func wideLoad(_ destination: Register, _ number: Int64) -> [Self] {
    wideLoad(
      destination, .number, low: Int32(truncatingIfNeeded: number), high: Int32(truncatingIfNeeded: number >> 32))
  }

  /// The two slots of a wide load of any kind: `low` is a descriptor, an id or a distance; `high` an offset or a module's
  /// descriptor.
  public static func wideLoad(_ destination: Register, _ kind: WideLoadKind, low: Int32, high: Int32 = 0) -> [Self] {
    [
      Self(opcode: wideLoadOpcode, destination: destination.rawValue, source: kind.rawValue, immediate: low),
      Self(opcode: 0, immediate: high),
    ]
  }
}
