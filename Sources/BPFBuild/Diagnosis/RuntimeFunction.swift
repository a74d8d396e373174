/// What a kernel program cannot do, the more telling first.
enum ImpossibleConstruct: String, Hashable, Sendable, CaseIterable {
  case printing, hashing, randomNumber, lazyInitialiser, untypedError, stringStorage, allocation, dynamicCast,
    classInstance
  case referenceCounting, copyOfUnknownSize, floatingPoint, wideInteger, recursion

  /// The place in the order of the cases.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}

/// Functions of the embedded runtime, and what Swift uses them for.
enum RuntimeFunction {
  static func construct(_ symbol: String) -> ImpossibleConstruct? {
    switch symbol {
    case "swift_allocObject", "swift_allocEmptyBox", "swift_allocBox", "swift_slowAlloc", "posix_memalign", "malloc",
      "free",
      "swift_deallocObject", "swift_slowDealloc", "swift_deallocBox", "swift_coroFrameAlloc", "aligned_alloc":
      .allocation
    case "swift_retain", "swift_release", "swift_retain_n", "swift_release_n", "swift_setDeallocating",
      "swift_isUniquelyReferenced_native", "swift_isUniquelyReferenced_nonNull_native",
      "swift_isEscapingClosureAtFileLocation":
      .referenceCounting
    case "swift_initStackObject", "swift_initStaticObject", "swift_deallocClassInstance",
      "swift_deallocPartialClassInstance":
      .classInstance
    case "swift_dynamicCast", "swift_dynamicCastClass": .dynamicCast
    case "swift_once": .lazyInitialiser
    case "swift_willThrow", "swift_unexpectedError", "swift_errorInMain", "swift_allocError", "swift_deallocError":
      .untypedError
    case "swift_bridgeObjectRetain", "swift_bridgeObjectRelease", "swift_bridgeObjectRetain_n",
      "swift_bridgeObjectRelease_n":
      .stringStorage
    case "putchar": .printing
    case "arc4random_buf": .randomNumber
    case "memcpy", "memmove", "memset", "memcmp": .copyOfUnknownSize
    default: nil
    }
  }
}
