// swift-format-ignore-file: AlwaysUseLowerCamelCase
// `bpf build` replaces each of these by a call of the function that the constant text declares, an extern of the section
// `.ksyms`. In the simulated form the simulated kernel answers by the function's name.

#if hasFeature(Embedded)
  @_extern(c, "swift_bpf_function_exists") @usableFromInline
  func swift_bpf_function_exists(_ declaration: UnsafePointer<UInt8>) -> UInt64
  @_extern(c, "swift_bpf_call0") @usableFromInline
  func swift_bpf_call0(_ declaration: UnsafePointer<UInt8>) -> UInt64
  @_extern(c, "swift_bpf_call1") @usableFromInline
  func swift_bpf_call1(_ declaration: UnsafePointer<UInt8>, _ a: UInt64) -> UInt64
  @_extern(c, "swift_bpf_call2") @usableFromInline
  func swift_bpf_call2(_ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64) -> UInt64
  @_extern(c, "swift_bpf_call3") @usableFromInline
  func swift_bpf_call3(_ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64
  @_extern(c, "swift_bpf_call4") @usableFromInline
  func swift_bpf_call4(_ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64)
    -> UInt64
  @_extern(c, "swift_bpf_call5") @usableFromInline
  func swift_bpf_call5(
    _ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64
  ) -> UInt64
#endif
