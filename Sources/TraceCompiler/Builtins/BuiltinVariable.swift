/// A name that gives a fact about the event, usable with or without `()`.
enum BuiltinVariable: String, CaseIterable {
  case pid, tid, uid, gid, nsecs, elapsed, cpu, comm, curtask, cgroup, rand, `func`, probe, args, retval, username
  case kstack, ustack, ctx, ncpus, cpid, jiffies, numaid, ppid, probetype

  /// Names that older scripts use.
  private static let formerNames: [String: BuiltinVariable] = ["sched_cpu": .cpu, "numa_id": .numaid]

  /// The builtin of that name.
  init?(name: String) {
    guard let builtin = BuiltinVariable(rawValue: name) ?? Self.formerNames[name] else { return nil }
    self = builtin
  }

  /// The index of `arg0`, `arg1`, …; nil for any other name.
  static func argumentIndex(of name: String) -> Int? {
    guard name.hasPrefix("arg"), name.utf8.count > 3, name.utf8.count <= 6 else { return nil }
    let digits = name.dropFirst(3)
    guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), digits == "0" || digits.first != "0" else { return nil }
    return Int(digits)
  }
}
