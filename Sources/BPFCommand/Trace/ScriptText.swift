internal import Diagnostics
internal import LinuxSystem

extension SourceText {
  /// The text of a program: of the command line and of standard input by the name `stdin`, of a file by its path.
  init(_ program: TraceRequest.Program) throws(ScriptUnreadable) {
    switch program {
    case .text(let text):
      self.init(name: "stdin", text)
    case .standardInput:
      do {
        self.init(name: "stdin", bytes: try FileSystem.contents(of: "/dev/stdin"))
      } catch {
        throw ScriptUnreadable(path: "-", error: error)
      }
    case .file(let path):
      do {
        self.init(name: path, bytes: try FileSystem.contents(of: path))
      } catch {
        throw ScriptUnreadable(path: path, error: error)
      }
    }
  }
}

/// A program whose text cannot be had.
struct ScriptUnreadable: Error, CustomStringConvertible {
  var path: String
  var error: SystemCallError

  var description: String { "failed to open file '\(path)': \(error.errno.text)" }
}
