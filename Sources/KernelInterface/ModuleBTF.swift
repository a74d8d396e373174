public import LinuxSystem

/// A module's type information, open.
public struct ModuleBTF: ~Copyable, Sendable {
  /// The module's name; "vmlinux" for the kernel's own.
  public let name: String
  /// Its number.
  public let id: UInt32
  /// Its owner.
  public let descriptor: OwnedDescriptor

  /// Type information that is open.
  public init(name: String, id: UInt32, descriptor: consuming OwnedDescriptor) {
    self.name = name
    self.id = id
    self.descriptor = descriptor
  }
}

extension KernelCalls {
  /// Opens a module's type information, or "vmlinux"'s; nil when there is none of that name.
  ///
  /// Needs CAP_SYS_ADMIN. *First kernel*: 5.11.
  public func openKernelBTF(named name: String) throws(SystemCallError) -> ModuleBTF? {
    for id in try ids(of: .btf) {
      let descriptor: OwnedDescriptor
      // It may have gone since it was listed.
      do throws(SystemCallError) { descriptor = try open(.btf, id: id) } catch {
        if error.errno == .noSuchFileOrDirectory { continue }
        throw error
      }
      let info = try btfInfo(descriptor)
      if info.isKernel, info.name == name { return ModuleBTF(name: name, id: id, descriptor: descriptor) }
    }
    return nil
  }
}

extension ModuleBTF {
  /// Gives the descriptor away.
  public consuming func takeDescriptor() -> OwnedDescriptor { descriptor }
}
