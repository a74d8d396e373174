/// The signals by their names, as `signal("KILL")` takes them.
///
/// Numbers: the kernel's `include/uapi/asm-generic/signal.h`, which are those of x86-64 and arm64.
enum SignalNames {
  static let numbers: [String: Int64] = [
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9, "USR1": 10,
    "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16, "CHLD": 17, "CONT": 18, "STOP": 19,
    "TSTP": 20, "TTIN": 21, "TTOU": 22, "URG": 23, "XCPU": 24, "XFSZ": 25, "VTALRM": 26, "PROF": 27, "WINCH": 28,
    "IO": 29, "PWR": 30, "SYS": 31,
  ]

  /// The number of a signal, by its name with or without `SIG`.
  static func number(of name: String) -> Int64? {
    numbers[name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name]
  }
}
