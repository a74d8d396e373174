import Bytecode

/// A place in memory that a program can address: where a value lies, or where it is to go.
struct Location {
  var base: SSAValue
  var offset: Int32
  var space: AddressSpace = .program

  /// The place `bytes` further on.
  func advanced(by bytes: Int) -> Location {
    Location(base: base, offset: offset &+ Int32(truncatingIfNeeded: bytes), space: space)
  }

  var address: SSAAddress { SSAAddress(base, offset: offset) }

  /// The same place, to be read by a helper: what the program may load from is the kernel's too.
  var forReading: Location { Location(base: base, offset: offset, space: space == .program ? .kernel : space) }
}

extension AddressSpace {
  /// The helper that copies bytes from there.
  var readHelper: HelperFunction {
    switch self {
    case .user: .probeReadUser
    case .kernel, .program: .probeReadKernel
    case .byAddress: .probeRead
    }
  }

  /// The helper that copies a string from there.
  var readStringHelper: HelperFunction {
    switch self {
    case .user: .probeReadUserStr
    case .kernel, .program: .probeReadKernelStr
    case .byAddress: .probeReadStr
    }
  }
}
