// A helper takes up to five arguments of 64 bits in r1 to r5, and answers in r0. In a kernel program the call of the
// constant address N becomes the instruction `call N`. In the simulated form the simulated kernel answers.

#if hasFeature(Embedded)
  @_alwaysEmitIntoClient @_transparent
  func callHelper(_ number: UInt) -> UInt64 {
    unsafeBitCast(number, to: (@convention(c) () -> UInt64).self)()
  }
  @_alwaysEmitIntoClient @_transparent
  func callHelper(_ number: UInt, _ a: UInt64) -> UInt64 {
    unsafeBitCast(number, to: (@convention(c) (UInt64) -> UInt64).self)(a)
  }
  @_alwaysEmitIntoClient @_transparent
  func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64) -> UInt64 {
    unsafeBitCast(number, to: (@convention(c) (UInt64, UInt64) -> UInt64).self)(a, b)
  }
  @_alwaysEmitIntoClient @_transparent
  func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
    unsafeBitCast(number, to: (@convention(c) (UInt64, UInt64, UInt64) -> UInt64).self)(a, b, c)
  }
  @_alwaysEmitIntoClient @_transparent
  func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> UInt64 {
    unsafeBitCast(number, to: (@convention(c) (UInt64, UInt64, UInt64, UInt64) -> UInt64).self)(a, b, c, d)
  }
  @_alwaysEmitIntoClient @_transparent
  func callHelper(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64) -> UInt64 {
    unsafeBitCast(number, to: (@convention(c) (UInt64, UInt64, UInt64, UInt64, UInt64) -> UInt64).self)(a, b, c, d, e)
  }
#endif

// How each type of argument travels in a register.
@_alwaysEmitIntoClient @_transparent
func word(_ pointer: UnsafeRawPointer?) -> UInt64 { UInt64(truncatingIfNeeded: UInt(bitPattern: pointer)) }
@_alwaysEmitIntoClient @_transparent
func word(_ number: some FixedWidthInteger) -> UInt64 { UInt64(truncatingIfNeeded: number) }
@_alwaysEmitIntoClient @_transparent
func pointer(_ word: UInt64) -> UnsafeMutableRawPointer? {
  UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: word))
}
