public import KernelInterface
public import LinuxSystem

/// A map in the kernel, which lives at least as long as this object.
///
/// *First kernel*: 3.19; each type has its own.
public final class Map: Sendable {
  /// What it is like.
  public let spec: MapSpec
  /// Its owner.
  public let descriptor: OwnedDescriptor
  /// The values of one key: 1, or the number of possible CPUs.
  public let valuesPerKey: Int
  /// Bytes between the values of neighbouring CPUs; for other maps the bytes of a value.
  public let valueStride: Int
  let kernel: any KernelCalls

  /// Bytes of all values of a key, as they are read and written.
  public var storedValueSize: Int { valueStride * valuesPerKey }

  /// Creates an empty map.
  ///
  /// - Throws: ``BPFError/mapRefused(_:)`` with the part of the spec that is at fault, why, and what helps;
  ///   ``BPFError/mapSizeOutOfRange(map:field:_:)``.
  public convenience init(_ spec: MapSpec, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    for (field, size) in [
      ("keySize", spec.keySize), ("valueSize", spec.valueSize), ("maxEntries", spec.maxEntries),
    ] where UInt32(exactly: size) == nil {
      throw .mapSizeOutOfRange(map: spec.name, field: field, size)
    }
    let creation = MapCreation(
      type: spec.type, keySize: UInt32(clamping: spec.keySize), valueSize: UInt32(clamping: spec.valueSize),
      maxEntries: UInt32(clamping: spec.maxEntries), flags: spec.flags, name: ObjectName(spec.name), extra: spec.extra)
    let descriptor = try Self.create(creation, named: spec.name, kernel)
    try self.init(spec, adopting: descriptor, kernel: kernel)
  }

  /// Takes over a map that is open, and asks the kernel what it is like.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with `EINVAL` when the descriptor is none of BPF's.
  public convenience init(
    adopting descriptor: consuming OwnedDescriptor, kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    let spec = try MapSpec(of: descriptor, kernel)
    try self.init(spec, adopting: descriptor, kernel: kernel)
  }

  init(
    _ spec: MapSpec, adopting descriptor: consuming OwnedDescriptor, kernel: any KernelCalls
  ) throws(BPFError) {
    self.spec = spec
    self.kernel = kernel
    if spec.type.isPerCPU {
      // The kernel copies a value for each possible CPU, in steps of 8 bytes (`bpf_percpu_hash_copy` in
      // kernel/bpf/hashtab.c).
      do throws(SystemCallError) {
        valuesPerKey = try CPUList.possible().cpus.count
      } catch { throw .systemCall(error) }
      valueStride = (spec.valueSize + 7) & ~7
    } else {
      valuesPerKey = 1
      valueStride = spec.valueSize
    }
    self.descriptor = descriptor
  }

  /// Its number and facts as the kernel tells them.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func info() throws(BPFError) -> MapInfo {
    try BPFError.wrap { () throws(SystemCallError) in try kernel.mapInfo(descriptor) }
  }
}
