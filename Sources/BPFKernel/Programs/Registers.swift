#if BPF_TARGET_ARM64
  /// The registers of the machine for which the program is built; `-D BPF_TARGET_ARM64` chooses arm64.
  public typealias Registers = ARM64Registers
#else
  /// The registers of the machine for which the program is built; `-D BPF_TARGET_ARM64` chooses arm64.
  public typealias Registers = X86Registers
#endif
