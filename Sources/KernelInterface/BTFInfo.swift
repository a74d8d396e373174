public import LinuxSystem

/// What the kernel tells of type information that is loaded: `struct bpf_btf_info`.
public struct BTFInfo: Hashable, Sendable {
  /// Its number.
  public var id: UInt32
  /// Bytes of it.
  public var size: Int
  /// "vmlinux" or a module's name for the kernel's own, else empty.
  ///
  /// Linux 5.11.
  public var name: String
  /// Whether it is the kernel's or a module's.
  ///
  /// Linux 5.11.
  public var isKernel: Bool
}

extension KernelCalls {
  /// The facts about type information.
  public func btfInfo(_ btf: borrowing OwnedDescriptor) throws(SystemCallError) -> BTFInfo {
    let name = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64)
    name.initialize(repeating: 0)
    defer { name.deallocate() }
    let info: ObjectInfoBytes
    do throws(SystemCallError) {
      info = try objectInfo(btf, size: 32, subject: "type information") { bytes in
        bytes.storeBytes(of: UInt64(UInt(bitPattern: name.baseAddress)), toByteOffset: 16, as: UInt64.self)
        bytes.storeBytes(of: UInt32(name.count), toByteOffset: 24, as: UInt32.self)
      }
    } catch {
      // A kernel that knows no names refuses to be asked for one.
      guard error.errno == .argumentListTooLong else { throw error }
      info = try objectInfo(btf, size: 16, subject: "type information")
    }
    return BTFInfo(
      id: info.number(UInt32.self, at: 12), size: Int(info.number(UInt32.self, at: 8)),
      name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self), isKernel: info.number(UInt32.self, at: 28) != 0)
  }

  /// The type information itself.
  public func btfBytes(_ btf: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt8] {
    let size = try btfInfo(btf).size
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, size))
    memory.initialize(repeating: 0)
    defer { memory.deallocate() }
    _ = try objectInfo(btf, size: 32, subject: "type information") { bytes in
      bytes.storeBytes(of: UInt64(UInt(bitPattern: memory.baseAddress)), toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: UInt32(clamping: size), toByteOffset: 8, as: UInt32.self)
    }
    return Array(memory.prefix(size))
  }
}
