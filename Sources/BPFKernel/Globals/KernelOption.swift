internal import Builtin

/// An option with which the running kernel was built, or a fact about it, by the name of the variable.
///
///     let CONFIG_HZ = KernelOption<UInt32>()
///     let CONFIG_PREEMPT_RT = KernelOption<Bool>(mayBeMissing: true)
///     let LINUX_KERNEL_VERSION = KernelOption<UInt32>()
///     …
///     let tick = 1_000_000_000 / UInt64(CONFIG_HZ.value)
///
/// The loader reads `/proc/config.gz` or the file of `/boot`, and the verifier knows the value: code that it rules out
/// costs nothing. Its type is `Bool` for an option that is on or off, ``KernelTristate`` for one that may be a module, an
/// integer for a number, ``Characters`` for text, and `UInt8` for the letter `y`, `m` or `n`.
///
/// `LINUX_KERNEL_VERSION` is the version as `KERNEL_VERSION` has it: `6 << 16 + 18 << 8 + 1`. `LINUX_HAS_BPF_COOKIE` and
/// `LINUX_HAS_SYSCALL_WRAPPER` are facts, too. Externs of the section `.kconfig`.
@frozen @_rawLayout(like: KernelOptionDefinition)
public struct KernelOption<Value: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  @_alwaysEmitIntoClient @_transparent
  var definition: UnsafeMutablePointer<KernelOptionDefinition> { .init(Builtin.addressOfRawLayout(self)) }

  /// The option that the variable is named after.
  ///
  /// A kernel that was built without the option refuses the program, unless it may be missing: then the value is 0.
  @_alwaysEmitIntoClient @_transparent
  public init(mayBeMissing: Bool = false) {
    definition.initialize(to: KernelOptionDefinition(isWeak: mayBeMissing ? 1 : 0))
  }

  #if hasFeature(Embedded)
    /// What the running kernel was built with.
    @_alwaysEmitIntoClient public var value: Value {
      @_transparent get { UnsafeRawPointer(definition).assumingMemoryBound(to: Value.self).pointee }
    }
  #else
    /// What the running kernel was built with.
    public var value: Value {
      if let memory = SimulatedKernel.current.constants[UInt(bitPattern: definition)] {
        return memory.assumingMemoryBound(to: Value.self).pointee
      }
      precondition(
        definition.pointee.isWeak != 0,
        "the simulated kernel has no such option: give it one, kernel.set(option, to: …)")
      return withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { memory in
        UnsafeMutableRawBufferPointer(memory).initializeMemory(as: UInt8.self, repeating: 0)
        return memory[0]
      }
    }
  #endif
}

/// What an option's variable says of it, until the loader puts the value in its place.
@frozen
public struct KernelOptionDefinition: BitwiseCopyable, Sendable {
  /// 1 when a kernel may be built without the option.
  public var isWeak: UInt64

  @_alwaysEmitIntoClient @_transparent
  init(isWeak: UInt64) { self.isWeak = isWeak }
}

/// What an option is that may be a module: `enum libbpf_tristate`.
@frozen
public struct KernelTristate: BitwiseCopyable, Equatable, Sendable {
  /// The number.
  public var rawValue: UInt32

  @_alwaysEmitIntoClient @_transparent
  init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Not built.
  @_alwaysEmitIntoClient public static var no: Self { @_transparent get { Self(0) } }
  /// Built in.
  @_alwaysEmitIntoClient public static var yes: Self { @_transparent get { Self(1) } }
  /// Built as a module.
  @_alwaysEmitIntoClient public static var module: Self { @_transparent get { Self(2) } }
}
