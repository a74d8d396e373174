internal import KernelInterface

extension MapSpec {
  /// The first fact in which a map of this spec differs from one of `wanted`, in words; nil when either can stand for
  /// the other.
  ///
  /// Names, types of keys and values, and first values do not count: they change nothing for whoever uses the map.
  func difference(from wanted: MapSpec) -> String? {
    for (fact, found, expected) in [
      ("type", type.description, wanted.type.description),
      ("bytes of a key", "\(keySize)", "\(wanted.keySize)"),
      ("bytes of a value", "\(valueSize)", "\(wanted.valueSize)"),
      ("entries", "\(maxEntries)", "\(wanted.maxEntries)"),
      ("flags", comparableFlags, wanted.comparableFlags),
      ("extra", "\(extra)", "\(wanted.extra)"),
    ] where found != expected {
      return "\(fact): \(found), not \(expected)"
    }
    return nil
  }

  /// The flags without what the kernel adds by itself: maps of devices are for programs to read only (`dev_map_init_map`
  /// in `kernel/bpf/devmap.c`).
  private var comparableFlags: String {
    let added: MapCreation.Flags = type == .deviceMap || type == .deviceMapHash ? .readOnlyForPrograms : []
    return "0x" + String(flags.subtracting(added).rawValue, radix: 16)
  }
}
