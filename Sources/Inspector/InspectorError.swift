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
  /// An object could not be loaded.
  case loading(LoadError)
  /// Something else that keeps the operation from being done; in words.
  case failed(String)
  /// What the kernel refuses, explained: in words, and as its number.
  case refused(String, SystemErrno)
  /// The answer that has been written tells it already: `Not found`, `null`; in words, and as the kernel's number.
  case answered(String, SystemErrno)
}

extension InspectorError: CustomStringConvertible {
  /// One line that says what went wrong.
  public var description: String {
    switch self {
    case .usage(let text), .notFound(let text), .failed(let text), .refused(let text, _),
      .answered(let text, _):
      text
    case .ambiguous(let what, let ids):
      "\(what) means several: \(ids.map { "id \($0)" }.joined(separator: ", ")); name one by its id"
    case .systemCall(let error): "\(error)"
    case .library(let error): "\(error)"
    // What the verifier refused is told with the source line and what helps.
    case .loading(.program(_, .programRefused(let refusal))): refusal.rendered().trimmingNewlines
    case .loading(let error): "\(error)"
    }
  }

  /// The status with which bpftool ends: a negative error number cut to 8 bits, mostly 255.
  public var bpftoolStatus: UInt8 { errno.map { UInt8(truncatingIfNeeded: 0 &- $0.rawValue) } ?? 255 }

  /// The kernel's reason, where it is one.
  public var errno: SystemErrno? {
    switch self {
    case .systemCall(let error), .library(.systemCall(let error)): error.errno
    case .library(.mapElement(let error)): error.errno
    case .library(.mapRefused(let refusal)), .loading(.map(_, .mapRefused(let refusal))): refusal.error.errno
    case .loading(.map(_, .systemCall(let error))), .loading(.program(_, .systemCall(let error))): error.errno
    case .refused(_, let errno), .answered(_, let errno): errno
    default: nil
    }
  }
}

extension InspectorError {
  /// Runs a call of the kernel and makes its error one of this room's.
  public static func wrap<R: ~Copyable>(_ body: () throws(SystemCallError) -> R) throws(InspectorError) -> R {
    do throws(SystemCallError) { return try body() } catch { throw .systemCall(error) }
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
