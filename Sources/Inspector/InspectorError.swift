public import BPF
public import LinuxSystem

/// Why the inspector could not do what it was asked.
public enum InspectorError: Error, Hashable, Sendable {
  /// The words cannot be understood.
  case usage(String)
  /// What is named is not there.
  case notFound(String)
  /// A name or a tag means more than one object, and the operation takes one.
  case ambiguous(String, ids: [UInt32])
  /// The kernel refused a call.
  case systemCall(SystemCallError)
  /// The library refused.
  case library(BPFError)
  /// Something else that keeps the operation from being done; in words.
  case failed(String)
}

extension InspectorError: CustomStringConvertible {
  /// One line that says what went wrong.
  public var description: String {
    switch self {
    case .usage(let text), .notFound(let text), .failed(let text): text
    case .ambiguous(let what, let ids):
      "\(what) means several: \(ids.map { "id \($0)" }.joined(separator: ", ")); name one by its id"
    case .systemCall(let error): "\(error)"
    case .library(let error): "\(error)"
    }
  }

  /// The status with which bpftool ends: a negative error number cut to 8 bits, mostly 255.
  public var bpftoolStatus: UInt8 {
    switch self {
    case .systemCall(let error): UInt8(truncatingIfNeeded: -error.errno.rawValue)
    case .library(.systemCall(let error)): UInt8(truncatingIfNeeded: -error.errno.rawValue)
    default: 255
    }
  }
}

extension InspectorError {
  /// Runs a call of the kernel and makes its error one of this room's.
  static func wrap<R: ~Copyable>(_ body: () throws(SystemCallError) -> R) throws(InspectorError) -> R {
    do throws(SystemCallError) { return try body() } catch { throw .systemCall(error) }
  }
}
