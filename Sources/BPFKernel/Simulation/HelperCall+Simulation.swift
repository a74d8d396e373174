// swift-format-ignore-file: AlwaysUseLowerCamelCase, TypeNamesShouldBeCapitalized

#if !hasFeature(Embedded)
  @usableFromInline func callHelper(_ number: UInt) -> UInt64 { SimulatedKernel.current.answer(number, 0, 0, 0, 0, 0) }
  @usableFromInline func callHelper(_ number: UInt, _ a: UInt64) -> UInt64 {
    SimulatedKernel.current.answer(number, a, 0, 0, 0, 0)
  }
  @usableFromInline func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64) -> UInt64 {
    SimulatedKernel.current.answer(number, a, b, 0, 0, 0)
  }
  @usableFromInline func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
    SimulatedKernel.current.answer(number, a, b, c, 0, 0)
  }
  @usableFromInline func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> UInt64 {
    SimulatedKernel.current.answer(number, a, b, c, d, 0)
  }
  @usableFromInline func callHelper(
    _ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64
  ) -> UInt64 {
    SimulatedKernel.current.answer(number, a, b, c, d, e)
  }

  // The simulated kernel has every field, type and enumerator that the program asks for.
  @usableFromInline func swift_bpf_field_info(_ field: UnsafeRawPointer, _ kind: UInt64) -> Int32 { kind == 2 ? 1 : 0 }
  @usableFromInline func swift_bpf_type_info(_ name: UnsafePointer<UInt8>, _ kind: UInt64) -> Int64 {
    kind == 0 ? 1 : 0
  }
  @usableFromInline func swift_bpf_enum_info(
    _ enumeration: UnsafePointer<UInt8>, _ enumerator: UnsafePointer<UInt8>, _ kind: UInt64
  ) -> Int64 { kind == 0 ? 1 : 0 }
#endif
