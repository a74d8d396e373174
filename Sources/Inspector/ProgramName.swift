internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// A program's whole name.
enum ProgramName {
  /// The kernel keeps 15 bytes of a name; the rest is that of the first function in the program's type information.
  ///
  /// - Returns: the kernel's name where that is not cut, and where the types do not tell more.
  static func full(
    of program: borrowing OwnedDescriptor, _ info: ProgramInfo, _ kernel: any KernelCalls
  ) -> String {
    guard info.name.utf8.count == 15, info.btfID != 0, let records = try? kernel.functionRecords(of: program),
      records.count >= 2, let types = try? kernel.open(.btf, id: info.btfID),
      let bytes = try? kernel.btfBytes(types), let graph = try? TypeGraph(bytes: bytes)
    else { return info.name }
    let name = graph.name(of: TypeID(records[1]))
    return name.hasPrefix(info.name) ? name : info.name
  }
}
