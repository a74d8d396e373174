internal import Bytecode
public import KernelInterface
internal import LinuxSystem

/// Programs that are in the kernel already, and names by which they stay there.
///
/// Of such a program the kernel tells name, type and licence; its ``spec`` has no instructions, and does not say where it
/// was meant for. ``listing()`` shows the instructions.
extension Program {
  /// Opens the program that is pinned at a path of the BPF file system.
  ///
  /// *First kernel*: 4.4.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with `ENOENT` when nothing is there; ``BPFError/notAProgram(_:)`` when it is a
  ///   map or a link.
  public convenience init(pinnedAt path: String, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let descriptor = try BPFError.wrap { () throws(SystemCallError) in try kernel.openPin(path) }
    // Asked for facts, a map would give those of a map.
    if let kind = ObjectKind(of: descriptor), kind != .program { throw .notAProgram(path) }
    try self.init(opened: descriptor, kernel)
  }

  /// Opens the program of this number.
  ///
  /// Needs CAP_SYS_ADMIN. *First kernel*: 4.13.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` with `ENOENT` when it is gone.
  public convenience init(id: UInt32, kernel: any KernelCalls = LiveKernel()) throws(BPFError) {
    let descriptor = try BPFError.wrap { () throws(SystemCallError) in try kernel.open(.program, id: id) }
    try self.init(opened: descriptor, kernel)
  }

  private convenience init(
    opened descriptor: consuming OwnedDescriptor, _ kernel: any KernelCalls
  ) throws(BPFError) {
    let info: ProgramInfo
    do throws(SystemCallError) { info = try kernel.programInfo(descriptor, withMaps: false) } catch {
      throw .systemCall(error)
    }
    let spec = ProgramSpec(
      name: info.name, type: info.type, code: Assembly(instructions: [], relocations: []),
      license: info.isGPLCompatible ? "GPL" : "")
    self.init(spec, adopting: descriptor, kernel: kernel)
  }

  /// Gives the program a name in a `bpf` file system, under which it outlives this process, attached or not.
  ///
  /// *First kernel*: 4.4.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EEXIST` when something is there; `EPERM` when `path` is not in a `bpf` file
  ///   system; `ENOENT` without the folder.
  public func pin(at path: String) throws(BPFError) {
    try BPFError.wrap { () throws(SystemCallError) in try kernel.pin(descriptor, at: path) }
  }
}
