public import BTF
public import LinuxSystem
public import Symbols

/// What the catalogue asks the machine.
///
/// The live one is ``LiveSource``; tests have recorded ones.
/// Everything is asked for late and, as the catalogue keeps the answers, once.
public protocol CatalogSource: Sendable {
  /// A file of the tracing file system, such as `available_events`.
  func traceFile(_ path: String) throws(SystemCallError) -> [UInt8]
  /// The types of the kernel, or of a module on top of them; nil when there are none.
  func types(ofModule module: String?) -> TypeGraph?
  /// The modules that tell their types.
  func modulesWithTypes() -> [String]
  /// The kernel's symbols.
  var kernelSymbols: KernelSymbols { get }
  /// Whether `available_filter_functions` is a list of the user's own, so that no other function counts.
  var functionListIsOwn: Bool { get }
  /// Whether the kernel has something; nil when that cannot be told.
  func has(_ facility: KernelFacility) -> Bool?
}
