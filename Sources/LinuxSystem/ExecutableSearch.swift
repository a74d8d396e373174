internal import Glibc

/// Finds programs by name as the shell does.
public enum ExecutableSearch {
  /// Where `command` is: itself when it has a slash, else the first executable file of that name along `path`.
  ///
  /// - Throws: `ENOENT` when there is none, `EACCES` when there is one that may not be run.
  public static func locate(_ command: String, path: String? = Environment.value(of: "PATH")) throws(SystemCallError)
    -> String
  {
    if command.isEmpty { throw SystemCallError(call: "execve", subject: command, errno: .noSuchFileOrDirectory) }
    if command.utf8.contains(UInt8(ascii: "/")) {
      try checkExecutable(command)
      return command
    }
    var refusal = SystemCallError(call: "execve", subject: command, errno: .noSuchFileOrDirectory)
    for directory in (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":", omittingEmptySubsequences: false) {
      let candidate = directory.isEmpty ? "./\(command)" : "\(directory)/\(command)"
      do throws(SystemCallError) {
        try checkExecutable(candidate)
        return candidate
      } catch {
        if error.errno == .permissionDenied { refusal = error }
      }
    }
    throw refusal
  }

  private static func checkExecutable(_ path: String) throws(SystemCallError) {
    let status = try FileStatus(of: path)
    if status.kind == .directory || access(path, X_OK) != 0 {
      throw SystemCallError(call: "execve", subject: path, errno: .permissionDenied)
    }
  }
}
