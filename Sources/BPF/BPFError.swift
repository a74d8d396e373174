public import KernelInterface
public import LinuxSystem

/// What can go wrong between a spec and the kernel.
public enum BPFError: Error, Hashable, Sendable {
  /// The kernel refused a call.
  case systemCall(SystemCallError)
  /// The kernel refused a program; with a log, the verifier did.
  case programRefused(VerifierRefusal)
  /// The kernel refused type information.
  case typeInformationRefused(BTFRefusal)
  /// The kernel did not create a map.
  case mapRefused(MapRefusal)
  /// A map's size, here by the field of its spec, is negative or beyond 32 bits.
  case mapSizeOutOfRange(map: String, field: String, Int)
  /// An instruction names a map that the program was not given.
  case unresolvedMap(program: String, map: Int)
  /// A key or a value is not as long as the map's.
  case wrongSize(map: String, expected: Int, given: Int)
  /// The map's type cannot be used so.
  case wrongMapType(map: String, MapType)
  /// A place of the network, a control group, a map or a program did not take a program.
  case attachRefused(AttachRefusal)
  /// A request by netlink failed.
  case netlink(NetlinkError)
  /// A program has no function of that name in its type information, or has none.
  case noSuchFunction(String, program: String)
  /// There is nothing to attach to.
  case attach(AttachError)
  /// What is pinned at a path is no map.
  case notAMap(String)
  /// What is pinned at a path is no link.
  case notALink(String)
  /// What is pinned at a path is no program.
  case notAProgram(String)
  /// An attachment is no single link of the kernel, so it cannot be pinned, updated or read.
  case noKernelLink(String)
  /// A map is not what a typed wrapper needs.
  case mapMismatch(MapMismatch)
  /// What is pinned at a path was made from another spec.
  case pinnedMapDiffers(path: String, difference: String)
  /// The kernel refused to read or write an element of a map.
  case mapElement(MapElementError)
  /// A ring buffer's memory holds what the kernel cannot have written.
  case corruptRingBuffer(map: String)
}

extension BPFError: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .systemCall(let error): remedy.map { "\(error); \($0)" } ?? "\(error)"
    case .programRefused(let refusal): "\(refusal)"
    case .typeInformationRefused(let refusal): "\(refusal.error)"
    case .mapRefused(let refusal): "\(refusal)"
    case .mapSizeOutOfRange(let map, let field, let size):
      "map '\(map)': \(field) \(size) is not between 0 and \(UInt32.max)"
    case .unresolvedMap(let program, let map): "program '\(program)' uses map \(map), which it was not given"
    case .wrongSize(let map, let expected, let given):
      "map '\(map)' has keys or values of \(expected) bytes, not \(given)"
    case .wrongMapType(let map, let type): "map '\(map)' is of type \(type), which cannot be used so"
    case .attachRefused(let refusal): refusal.remedy.map { "\(refusal); \($0)" } ?? "\(refusal)"
    case .netlink(let error): "\(error)"
    case .noSuchFunction(let name, let program):
      "program '\(program)' has no function '\(name)' in its type information"
    case .attach(let error): error.remedy.map { "\(error); \($0)" } ?? "\(error)"
    case .notAMap(let path): "'\(path)' is pinned, but it is no map"
    case .notALink(let path): "'\(path)' is pinned, but it is no link"
    case .notAProgram(let path): "'\(path)' is pinned, but it is no program"
    case .noKernelLink(let subject):
      "the attachment to \(subject) is no single link of the kernel (before Linux 5.15 perf events have none)"
    case .mapMismatch(let mismatch): "\(mismatch)"
    case .pinnedMapDiffers(let path, let difference):
      "the map that is pinned at \(path) is of another make: \(difference)" + (remedy.map { "; \($0)" } ?? "")
    case .mapElement(let error): "\(error)"
    case .corruptRingBuffer(let map): "ring buffer '\(map)' holds a record that is longer than the buffer"
    }
  }
}

extension BPFError {
  /// Runs a call of the kernel and makes its error one of this room's.
  static func wrap<R: ~Copyable>(_ body: () throws(SystemCallError) -> R) throws(BPFError) -> R {
    do throws(SystemCallError) { return try body() } catch { throw .systemCall(error) }
  }
}
