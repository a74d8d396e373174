/// The task that runs at this moment, and its user.
public enum Process {
  /// The process, as `getpid()` in it answers: the thread group.
  @_alwaysEmitIntoClient public static var id: UInt32 {
    @_transparent get { UInt32(truncatingIfNeeded: bpf_get_current_pid_tgid() &>> 32) }
  }

  /// The thread, as `gettid()` in it answers.
  @_alwaysEmitIntoClient public static var thread: UInt32 {
    @_transparent get { UInt32(truncatingIfNeeded: bpf_get_current_pid_tgid()) }
  }

  /// Process in the upper half and thread in the lower: tells all tasks apart.
  @_alwaysEmitIntoClient public static var task: UInt64 { @_transparent get { bpf_get_current_pid_tgid() } }

  /// The user, as `getuid()` answers.
  @_alwaysEmitIntoClient public static var user: UInt32 {
    @_transparent get { UInt32(truncatingIfNeeded: bpf_get_current_uid_gid()) }
  }

  /// The group, as `getgid()` answers.
  @_alwaysEmitIntoClient public static var group: UInt32 {
    @_transparent get { UInt32(truncatingIfNeeded: bpf_get_current_uid_gid() &>> 32) }
  }

  /// The name of the program, or what the thread calls itself: up to 15 bytes and a 0.
  @_alwaysEmitIntoClient public static var command: Characters<16> {
    @inline(__always) get {
      var command = Characters<16>(repeating: 0)
      bpf_get_current_comm(&command, 16)
      return command
    }
  }

  /// The number of the control group in version 2's hierarchy: the inode number of its folder.
  @_alwaysEmitIntoClient public static var cgroup: UInt64 { @_transparent get { bpf_get_current_cgroup_id() } }

  /// The task's `struct task_struct`, as declared in an extension of ``Kernel``; its fields are read by `read(_:)`.
  @_alwaysEmitIntoClient @_transparent
  public static func current<Task>(as type: Task.Type = Task.self) -> UnsafeMutablePointer<Task> {
    UnsafeMutablePointer(bitPattern: UInt(truncatingIfNeeded: bpf_get_current_task())).unsafelyUnwrapped
  }
}
