internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// Giving an object's types to the kernel.
extension LoadContext {
  /// Loads the types as they are; on a kernel that refuses them, what it does take.
  ///
  /// A kernel that takes none leaves ``types`` nil and says why in ``typesRefusal``; that stops only what cannot do
  /// without.
  func loadTypes() throws(LoadError) {
    guard let graph = spec.types else { return }
    do throws(BTFError) {
      var records = try TypeRecords(copying: graph)
      var places: [String: (offset: Int, size: Int)] = [:]
      for extern in spec.externs where extern.kind == .configuration {
        places[extern.name] = (extern.offset, extern.size)
      }
      records.prepareForKernel(
        configuration: places, configurationSize: spec.configurationMap?.valueSize ?? 0,
        staticFunctions: Set(spec.functions.filter(\.isHidden).compactMap(\.typeID)))
      if load(try records.encoded(), .everything) { return }
      guard typesRefusal?.error.errno != .notPermitted,
        let support = try TypeSupport(probing: kernel, token: tokenNumber), support != .everything
      else { return }
      records.sanitize(for: support)
      _ = load(try records.encoded(), support)
    } catch {
      throw .types(object: spec.name, error)
    }
  }

  private func load(_ blob: [UInt8], _ support: TypeSupport) -> Bool {
    do throws(BTFRefusal) {
      types = LoadedTypes(
        descriptor: OpenDescriptor(try kernel.loadBTF(blob, token: tokenNumber)), support: support)
      typesRefusal = nil
      return true
    } catch {
      typesRefusal = error
      return false
    }
  }
}
