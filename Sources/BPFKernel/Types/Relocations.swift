// swift-format-ignore-file: AlwaysUseLowerCamelCase, TypeNamesShouldBeCapitalized
// What the loader answers is asked by these functions, which `bpf build` replaces by the compiler's intrinsics. In the
// simulated form the "running kernel" is the program's own declarations: every field, type and enumerator is there.

#if hasFeature(Embedded)
  /// Becomes `llvm.bpf.preserve.field.info`: `kind` is 0 for the offset, 1 the size, 2 whether the field exists, 3 whether
  /// it is signed, 4 and 5 by how many bits to shift left and right to read a bit-field.
  @_extern(c, "swift_bpf_field_info") @usableFromInline
  func swift_bpf_field_info(_ field: UnsafeRawPointer, _ kind: UInt64) -> Int32

  /// Becomes `llvm.bpf.preserve.type.info`, of the type whose name is the constant string: `kind` is 0 for whether it
  /// exists, 1 its size.
  @_extern(c, "swift_bpf_type_info") @usableFromInline
  func swift_bpf_type_info(_ name: UnsafePointer<UInt8>, _ kind: UInt64) -> Int64

  /// Becomes `llvm.bpf.preserve.enum.value`, of the enumeration and enumerator whose names are the constant strings:
  /// `kind` is 0 for whether it exists, 1 its value.
  @_extern(c, "swift_bpf_enum_info") @usableFromInline
  func swift_bpf_enum_info(_ enumeration: UnsafePointer<UInt8>, _ enumerator: UnsafePointer<UInt8>, _ kind: UInt64)
    -> Int64

  /// Becomes an empty piece of assembly that answers its argument.
  @_extern(c, "swift_bpf_opaque") @usableFromInline
  func swift_bpf_opaque(_ value: UInt64) -> UInt64
#else
  @usableFromInline func swift_bpf_opaque(_ value: UInt64) -> UInt64 { value }
#endif

/// Hides what the optimiser knows about a value, so that a range check that follows is kept for the verifier.
///
/// The compiler drops a check that it can prove, and the verifier, which proves less, then refuses the access:
///
///     let bucket = 63 - value.leadingZeroBitCount       // in 0...63, as the compiler knows
///     histogram.withValue(at: 0) { $0[opaque(bucket)] &+= 1 }
@_alwaysEmitIntoClient @_transparent
public func opaque<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) -> T {
  T(truncatingIfNeeded: swift_bpf_opaque(UInt64(truncatingIfNeeded: value)))
}
