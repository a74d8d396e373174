extension RegisterFile {
  /// The registers of arm64.
  ///
  /// Sources: struct user_pt_regs in arch/arm64/include/uapi/asm/ptrace.h, which is bpf_user_pt_regs_t; orig_x0 and
  /// syscallno follow it in struct pt_regs, arch/arm64/include/asm/ptrace.h; function calls: AAPCS64, section 6.8.2;
  /// system calls: syscall_get_arguments in arch/arm64/include/asm/syscall.h; 32-bit callers: is_compat_task in
  /// arch/arm64/include/asm/compat.h, TIF_32BIT (bit 22) in asm/thread_info.h.
  static let arm64: RegisterFile = {
    let general = (0...30).map { number in
      Register("r\(number)", at: number * 8, aliases: ["x\(number)"] + (otherNames[number] ?? []))
    }
    let sp = Register("sp", at: 248)
    let pc = Register("pc", at: 256, aliases: ["ip"])
    return RegisterFile(
      registers: general + [sp, pc, Register("pstate", at: 264)],
      contextByteCount: 272,
      functionArguments: Array(general[0...7]),
      firstStackArgumentOffset: 0,
      returnValue: general[0],
      stackPointer: sp,
      framePointer: general[29],
      instructionPointer: pc,
      breakpointByteCount: 0,
      systemCallArguments: [Register("orig_x0", at: 272)] + general[1...5],
      systemCallNumber: Register("syscallno", at: 280, byteCount: 4),
      compatibilityTest: CompatibilityTest(threadInfoField: "flags", fieldMask: 1 << 22, numberMask: 0))
  }()

  private static let otherNames: [Int: [String]] = [29: ["fp"], 30: ["lr"]]
}
