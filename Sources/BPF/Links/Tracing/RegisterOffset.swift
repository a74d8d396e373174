public import ELF
public import KernelInterface

/// Where a program that was called by a kprobe or uprobe finds the registers: offsets in `struct pt_regs`.
///
/// Source: `arch/x86/include/asm/ptrace.h` and `arch/arm64/include/uapi/asm/ptrace.h`.
public enum RegisterOffset {
  /// The byte offset of a register of eight bytes; nil when the context does not hold it.
  public static func inContext(
    of register: MachineRegister, on architecture: MachineArchitecture = .current
  ) -> Int? {
    switch architecture {
    case .x86:
      return x86.firstIndex(of: register.name).map { $0 * 8 }
    case .arm64:
      if register.name == "sp" { return 31 * 8 }
      guard register.name.hasPrefix("x"), let number = Int(register.name.dropFirst()), (0...30).contains(number) else {
        return nil
      }
      return number * 8
    }
  }

  private static let x86 = [
    "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi", "orig_rax",
    "rip", "cs", "eflags", "rsp", "ss",
  ]
}
