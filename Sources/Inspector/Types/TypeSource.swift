public import BTF
internal import ELF
public import KernelInterface
internal import LinuxSystem

/// Types to print: those of the kernel, a module, a program, a map or a file.
public struct TypeSource: Sendable {
  /// The types.
  public let graph: TypeGraph

  /// Types that have been read already.
  public init(_ graph: TypeGraph) { self.graph = graph }

  /// The types of that number in the kernel; those of a module rest on the kernel's own unless `base` is given.
  public init(
    id: UInt32, base: TypeGraph? = nil, kernel: any KernelCalls = LiveKernel()
  ) throws(InspectorError) {
    let (info, bytes) = try InspectorError.wrap { () throws(SystemCallError) in
      let types = try kernel.open(.btf, id: id)
      return (try kernel.btfInfo(types), try kernel.btfBytes(types))
    }
    var ground = base
    if ground == nil, info.isKernel, info.name != "vmlinux" {
      ground = try TypeSource(file: "/sys/kernel/btf/vmlinux").graph
    }
    do throws(BTFError) { graph = try TypeGraph(bytes: bytes, base: ground) } catch {
      throw .failed("type information \(id): \(error)")
    }
  }

  /// The types in a file: an object or a kernel with a section `.BTF`, or the section's bytes alone, as in
  /// `/sys/kernel/btf`.
  public init(file path: String, base: TypeGraph? = nil) throws(InspectorError) {
    let file = try InspectorError.wrap { () throws(SystemCallError) in try MappedFile(path) }
    // A module's file there has no meaning without the kernel's.
    let isModule = path.hasPrefix("/sys/kernel/btf/") && path != "/sys/kernel/btf/vmlinux"
    let ground = isModule && base == nil ? try TypeSource(file: "/sys/kernel/btf/vmlinux").graph : base
    if file.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) {
      let section: [UInt8]?
      var distilled: [UInt8]?
      do throws(ELFError) {
        let elf = try ELFFile(ByteRegion(file.bytes, keptBy: file))
        if let found = elf.section(named: ".BTF") {
          section = try elf.contents(of: found).withUnsafeBytes { Array($0) }
        } else {
          section = nil
        }
        if let found = elf.section(named: ".BTF.base") {
          distilled = try elf.contents(of: found).withUnsafeBytes { Array($0) }
        }
      } catch { throw .failed("\(path): \(error)") }
      guard let section else {
        throw .failed("\(path) has no section .BTF: it was built without type information (-g)")
      }
      do throws(BTFError) {
        if let distilled {
          // A module that was built apart from its kernel has of the kernel's types what it needs.
          let module = try TypeGraph(bytes: section, base: TypeGraph(bytes: distilled))
          graph = if let ground { try module.rebased(onto: ground) } else { module }
        } else {
          graph = try TypeGraph(bytes: section, base: ground)
        }
      } catch {
        throw .failed("\(path): \(error)")
      }
      return
    }
    do throws(BTFError) { graph = try TypeGraph(bytes: file.bytes, owner: file, base: ground) } catch {
      throw .failed("\(path): \(error)")
    }
  }
}
