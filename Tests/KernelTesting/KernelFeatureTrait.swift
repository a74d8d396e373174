// KernelTesting: what tests of several rooms share about kernels: which features a test needs, with the skips
// counted, and a kernel whose answers a test writes down. It knows no test.
public import BPF
import Glibc
import KernelInterface
import LinuxSystem
import Synchronization
public import Testing

/// Why a test of a feature cannot be skipped.
public struct UnexplainedAbsence: Error, CustomStringConvertible {
  /// What is missing, though the kernel is new enough for it and nothing else explains it.
  public let description: String
}

extension Trait where Self == ConditionTrait {
  /// Skips the test where the running kernel lacks one of the features.
  ///
  ///     @Test(.needs(.link(.traceKprobeMulti))) func attachesMany() throws { … }
  ///
  /// The feature is tried; versions are not looked at. Where the kernel is new enough, and neither its configuration nor
  /// a lockdown, a security policy or missing privileges explain the absence, the test fails rather than being skipped.
  public static func needs(
    _ features: KernelFeature..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    let names = features.map { "\($0.name) (first in Linux \($0.firstKernel.major).\($0.firstKernel.minor))" }
    return .enabled("this kernel lacks \(names.joined(separator: " or "))", sourceLocation: sourceLocation) {
      for feature in features {
        guard let absence = KernelFeatures.running.absence(of: feature) else { continue }
        if absence.cause == .unexplained { throw UnexplainedAbsence(description: absence.description) }
        SkipCount.shared.add(absence.description)
        return false
      }
      return true
    }
  }

  /// Skips the test on kernels before this one: for what has no probe, such as a field of an answer.
  public static func needs(
    linux major: Int, _ minor: Int, for reason: String, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    .enabled("\(reason) comes with Linux \(major).\(minor)", sourceLocation: sourceLocation) {
      if runs(major, minor) { return true }
      SkipCount.shared.add("\(reason) comes with Linux \(major).\(minor)")
      return false
    }
  }
}

/// Whether the running kernel is of this version or newer.
public func runs(_ major: Int, _ minor: Int) -> Bool {
  (try? KernelVersion.running(LiveKernel())).map { $0 >= KernelVersion(major, minor) } ?? false
}

/// How many tests were skipped for which reason; printed when the process ends.
final class SkipCount: Sendable {
  static let shared = SkipCount()
  private let counts = Mutex<[String: Int]>([:])

  func add(_ reason: String) {
    let isFirst = counts.withLock { counts in
      counts[reason, default: 0] += 1
      return counts.count == 1 && counts[reason] == 1
    }
    if isFirst { atexit { SkipCount.shared.print() } }
  }

  /// "3 tests skipped: this kernel (6.18.44) has no …", one line for each reason.
  private func print() {
    let counts = counts.withLock { $0 }
    for (reason, count) in counts.sorted(by: { $0.key < $1.key }) {
      Swift.print("\(count) \(count == 1 ? "test" : "tests") skipped: \(reason)")
    }
  }
}
