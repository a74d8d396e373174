/// One system call of an architecture: its number and the two names it goes by.
public struct SystemCall: Hashable, Sendable {
  /// The number that a program puts into the system call register.
  public var number: Int

  /// The call's name in the uapi headers and in section 2 of the manual, such as `stat`.
  public var name: String

  /// The name in the call's tracepoints, `sys_enter_NAME` and `sys_exit_NAME`, such as `newstat`.
  ///
  /// It is that of the kernel's function, which differs where a newer form took an older call's place.
  public var eventName: String

  init(_ number: Int, _ name: String, event eventName: String? = nil) {
    self.number = number
    self.name = name
    self.eventName = eventName ?? name
  }
}

/// The system calls of one architecture, found by number or by name.
///
///     SystemCallTable(.x86_64).number(ofEvent: "newstat")    // 4
///     SystemCallTable(.x86_64).call(numbered: 4)?.name       // "stat"
///
/// A running kernel may lack some of them and, when it is newer than Linux 7.2, have others: which events there
/// are says the kernel's tracefs, never this table.
public struct SystemCallTable: Sendable {
  /// Every call, by ascending number; numbers that no call has are left out.
  public let calls: [SystemCall]

  /// The table of 64-bit programs on `architecture`.
  public init(_ architecture: Architecture) {
    calls =
      switch architecture {
      case .x86_64: Self.x86_64Calls
      case .arm64: Self.arm64Calls
      }
  }

  /// The call with `number`, or nil when the table has none.
  ///
  /// - Complexity: O(log *n*).
  public func call(numbered number: Int) -> SystemCall? {
    var low = 0
    var high = calls.count
    while low < high {
      let middle = (low + high) / 2
      if calls[middle].number < number { low = middle + 1 } else { high = middle }
    }
    guard low < calls.count, calls[low].number == number else { return nil }
    return calls[low]
  }

  /// The number of the call whose tracepoints are `sys_enter_NAME` and `sys_exit_NAME`, or nil.
  ///
  /// - Complexity: O(*n*). Whoever asks for many names makes a dictionary of ``calls``.
  public func number(ofEvent name: some StringProtocol) -> Int? {
    calls.first { $0.eventName == name }?.number
  }
}
