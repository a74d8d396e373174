extension RegisterFile {
  /// The registers of x86-64.
  ///
  /// Sources: struct pt_regs in arch/x86/include/asm/ptrace.h (all 21 slots are bpf_user_pt_regs_t); function
  /// calls: System V ABI, AMD64 supplement, section 3.2.3; system calls: arch/x86/entry/entry_64.S; 32-bit callers:
  /// in_32bit_syscall in arch/x86/include/asm/compat.h, TS_COMPAT in asm/thread_info.h, __X32_SYSCALL_BIT in
  /// uapi/asm/unistd.h.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  static let x86_64: RegisterFile = {
    let r10 = Register("r10", at: 56)
    let r9 = Register("r9", at: 64)
    let r8 = Register("r8", at: 72)
    let bp = Register("bp", at: 32, aliases: ["rbp"])
    let ax = Register("ax", at: 80, aliases: ["rax"])
    let cx = Register("cx", at: 88, aliases: ["rcx"])
    let dx = Register("dx", at: 96, aliases: ["rdx"])
    let si = Register("si", at: 104, aliases: ["rsi"])
    let di = Register("di", at: 112, aliases: ["rdi"])
    let originalAX = Register("orig_rax", at: 120, aliases: ["orig_ax"])
    let ip = Register("ip", at: 128, aliases: ["pc", "rip"])
    let sp = Register("sp", at: 152, aliases: ["rsp"])
    return RegisterFile(
      registers: [
        Register("r15", at: 0), Register("r14", at: 8), Register("r13", at: 16), Register("r12", at: 24), bp,
        Register("bx", at: 40, aliases: ["rbx"]), Register("r11", at: 48), r10, r9, r8, ax, cx, dx, si, di, originalAX,
        ip, Register("cs", at: 136), Register("flags", at: 144, aliases: ["eflags", "rflags"]), sp,
        Register("ss", at: 160),
      ],
      contextByteCount: 168,
      functionArguments: [di, si, dx, cx, r8, r9],
      firstStackArgumentOffset: 8,
      returnValue: ax,
      stackPointer: sp,
      framePointer: bp,
      instructionPointer: ip,
      breakpointByteCount: 1,
      systemCallArguments: [di, si, dx, r10, r8, r9],
      systemCallNumber: originalAX,
      compatibilityTest: CompatibilityTest(threadInfoField: "status", fieldMask: 0x2, numberMask: 0x4000_0000))
  }()
}
