public import KernelInterface
public import LinuxSystem

/// A map that the kernel did not create: what was asked for, which part of it is at fault, why, and what helps.
public struct MapRefusal: Error, Hashable, Sendable {
  /// The map's name.
  public var map: String
  /// The kind of map.
  public var type: MapType
  /// The part of the spec that is at fault: "maxEntries", "flags: BPF_F_NO_PREALLOC"; nil when no part is known to be.
  public var field: String?
  /// Why.
  public var reason: String
  /// What to do about it; nil when there is nothing to say.
  public var remedy: String?
  /// The failed call.
  public var error: SystemCallError

  /// Finds out what a failed call means; `features` are those of the kernel that was asked, nil asks nobody.
  init(_ creation: MapCreation, named name: String, _ error: SystemCallError, features: KernelFeatures?) {
    map = name
    type = creation.type
    self.error = error
    if let problem = creation.problem(for: error.errno) {
      field = problem.field
      reason = problem.reason
      remedy = problem.remedy
    } else if [.invalidArgument, .notSupported, .notSupportedByKernel, .notPermitted].contains(error.errno),
      let absence = features?.absence(of: .map(creation.type))
    {
      reason = "\(absence)"
      if case .missingPrivileges(let names) = absence.cause {
        remedy = "run as root, or with \(names.joined(separator: ", "))"
      }
    } else {
      switch error.errno {
      case .notPermitted:
        reason = "this process may not create it"
        remedy = "run as root, or with CAP_BPF, for maps of devices and sockets with CAP_NET_ADMIN, too"
      case .argumentListTooLong:
        reason = "\(creation.maxEntries) entries of \(creation.keySize) + \(creation.valueSize) bytes are too many"
        remedy = "take fewer or smaller ones; a per-CPU value has 32 KiB at most"
      case .noMemory:
        reason = "there is no memory for \(creation.maxEntries) entries of \(creation.valueSize) bytes"
        remedy = "take fewer, or BPF_F_NO_PREALLOC, by which entries take memory when they come"
      case .invalidArgument:
        reason = "this kernel does not take it so"
        let flags = creation.flags.names
        if !flags.isEmpty { remedy = "this kernel may not have \(flags.joined(separator: " or "))" }
      default: reason = error.errno.text
      }
    }
  }
}

extension MapRefusal: CustomStringConvertible {
  /// One line: which map, what is at fault, why, and what helps.
  ///
  /// "map 'events' of type ringbuf cannot be created: maxEntries: 5000 bytes are no power of two and whole pages; take
  /// 8192 (EINVAL)".
  public var description: String {
    "map '\(map)' of type \(type) cannot be created: \(field.map { "\($0): " } ?? "")\(reason)"
      + "\(remedy.map { "; \($0)" } ?? "") (\(error.errno.name))"
  }
}

extension Map {
  /// Creates a map of a kernel; a refusal comes in words.
  static func create(
    _ creation: MapCreation, named name: String, _ kernel: any KernelCalls
  ) throws(BPFError) -> OwnedDescriptor {
    do throws(SystemCallError) { return try kernel.createMap(creation) } catch {
      throw .mapRefused(
        MapRefusal(creation, named: name, error, features: kernel is LiveKernel ? .running : nil))
    }
  }
}
