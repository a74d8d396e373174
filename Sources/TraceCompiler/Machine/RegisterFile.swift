/// One register, by its place in the saved registers.
public struct Register: Hashable, Sendable {
  /// The name that `reg("NAME")` knows first.
  public var name: String

  /// Other names of the same register.
  public var aliases: [String]

  /// Bytes from the start of `struct pt_regs`.
  public var offset: Int

  /// 4 or 8 bytes.
  public var byteCount: Int

  init(_ name: String, at offset: Int, byteCount: Int = 8, aliases: [String] = []) {
    self.name = name
    self.aliases = aliases
    self.offset = offset
    self.byteCount = byteCount
  }

  /// Whether `name` is one of this register's names.
  public func isNamed(_ name: some StringProtocol) -> Bool {
    self.name == name || aliases.contains { $0 == name }
  }
}

/// The registers of one architecture as the kernel saves them, and what each is for.
///
/// Offsets are those of the kernel's `struct pt_regs`. The context of kprobe, uprobe and perf event programs
/// begins with as much of it as ``contextByteCount`` says; raw system call tracepoints pass a pointer to the
/// whole, which holds ``systemCallNumber`` and more.
public struct RegisterFile: Sendable {
  /// The registers that a context holds, in the order of their offsets.
  public var registers: [Register]

  /// The size of `bpf_user_pt_regs_t`.
  public var contextByteCount: Int

  /// What integer arguments a function gets in registers, first argument first; names of ``registers``.
  public var functionArguments: [Register]

  /// Bytes from the stack pointer at a function's entry to the first argument that has no register.
  public var firstStackArgumentOffset: Int

  /// Where a function leaves its result.
  public var returnValue: Register

  /// The stack pointer.
  public var stackPointer: Register

  /// The frame pointer.
  public var framePointer: Register

  /// The address of the next instruction.
  public var instructionPointer: Register

  /// How far behind a probed instruction ``instructionPointer`` is in the context of a kprobe: past the breakpoint that
  /// takes its place, or would (`kprobe_ftrace_handler` and `optimized_callback` in `arch/x86/kernel/kprobes`).
  public var breakpointByteCount: Int

  /// Where the arguments of the system call being traced are, first argument first.
  public var systemCallArguments: [Register]

  /// Where the number of the system call being traced is, at its entry and at its exit.
  public var systemCallNumber: Register

  /// How to see that a system call came from a 32-bit program.
  public var compatibilityTest: CompatibilityTest

  /// The register called `name`, an alias included, or nil.
  public func register(named name: some StringProtocol) -> Register? {
    registers.first { $0.isNamed(name) }
  }
}

/// How a task's `thread_info` tells that it is in a 32-bit system call, which the kernel's own system call
/// tracepoints leave out (`arch_trace_is_compat_syscall`), for its numbers mean other calls.
public struct CompatibilityTest: Hashable, Sendable {
  /// The field of `struct thread_info`.
  public var threadInfoField: String

  /// The bits of that field of which one is set during such a call.
  public var fieldMask: UInt64

  /// The bits of the system call number of which one is set in such a call; 0 where numbers do not tell.
  public var numberMask: UInt64
}
