/// Whether a kernel can do something, and what says that it cannot.
public enum KernelFeatureAvailability: Hashable, Sendable {
  /// It can.
  case available
  /// It cannot.
  case missing(Reason)

  /// What was tried and failed.
  public enum Reason: Hashable, Sendable {
    /// The kernel does not know the helper.
    case unknownHelper
    /// The kernel knows the helper and forbids it to this kind of program, be it by its version, its configuration or
    /// lockdown.
    case forbiddenHelper
    /// A call failed that would not have failed so with the feature.
    case refused(call: String, errno: Int32)
    /// A file that comes with the feature is not there.
    case noFile(path: String)
    /// A type or function that comes with the feature is not in the kernel's type information.
    case noType(name: String)
    /// Privileges are missing, so nothing could be tried.
    case notPermitted
  }

  /// Whether it can.
  public var isAvailable: Bool { self == .available }
}
