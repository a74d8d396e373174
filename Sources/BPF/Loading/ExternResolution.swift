internal import BTF
internal import KernelInterface
internal import Symbols

/// What the kernel has for an extern of an object.
enum ExternValue: Hashable, Sendable {
  /// The address of a symbol; 0 for one that a weak extern did not find.
  case address(UInt64)
  /// A variable or function of the kernel's types, or of a module's.
  case typed(TypeID, module: String?)
  /// A weak function that is not there: calling it must be unreachable.
  case missingFunction
}

/// Finds what an object's externs are in a kernel.
///
/// The rules are libbpf's: `bpf_object__resolve_externs` in its documentation of `__ksym`, `__kconfig` and `__weak`.
struct ExternResolution {
  let spec: ObjectSpec
  let kernel: any KernelCalls
  let kernelTypes: KernelTypes

  /// The values of the kernel's variables and functions, by the externs' names.
  func values() throws(LoadError) -> [String: ExternValue] {
    var values: [String: ExternValue] = [:]
    var symbols: KernelSymbolTable?
    for extern in spec.externs where extern.kind != .configuration {
      if extern.kind == .otherObject {
        if extern.isWeak {
          values[extern.name] = .address(0)
          continue
        }
        throw .missingExtern(extern.name, extern.kind, expected: "another object that it is linked with")
      }
      let name = extern.name.essentialName
      if extern.kind == .kernelFunction {
        values[extern.name] = try function(extern, name)
      } else if try isTyped(extern) {
        values[extern.name] = try variable(extern, name)
      } else {
        if symbols == nil {
          do { symbols = try KernelSymbols().table() } catch { throw .symbolsUnreadable(extern.name, error) }
        }
        values[extern.name] = .address(try address(of: extern, name, in: symbols))
      }
    }
    return values
  }

  private func isTyped(_ extern: ExternSpec) throws(LoadError) -> Bool {
    guard let types = spec.types else { return false }
    do throws(BTFError) { return try types.resolve(extern.typeID) != .void } catch {
      throw .types(object: spec.name, error)
    }
  }

  private func address(
    of extern: ExternSpec, _ name: String, in symbols: KernelSymbolTable?
  ) throws(LoadError) -> UInt64 {
    guard let symbols else { return 0 }
    let addresses = Set(symbols.symbols(named: name).map(\.address))
    if addresses.isEmpty {
      if extern.isWeak { return 0 }
      throw .missingExtern(extern.name, extern.kind, expected: "a symbol of /proc/kallsyms")
    }
    guard let address = addresses.first, addresses.count == 1 else {
      throw .ambiguousExtern(extern.name, addresses.count)
    }
    guard address != 0 || !symbols.hidesAddresses else {
      throw .missingExtern(extern.name, extern.kind, expected: "an address that /proc/kallsyms shows to this process")
    }
    return address
  }

  private func variable(_ extern: ExternSpec, _ name: String) throws(LoadError) -> ExternValue {
    guard let found = try find(name, .variable, for: extern) else {
      if extern.isWeak { return .address(0) }
      throw .missingExtern(extern.name, extern.kind, expected: "a variable of the kernel's types")
    }
    guard case .variable(let variable)? = try? found.types.type(found.id),
      try agrees(extern.typeID, variable.type, found.types)
    else {
      throw .incompatibleExtern(extern.name, module: found.module)
    }
    return .typed(found.id, module: found.module)
  }

  private func function(_ extern: ExternSpec, _ name: String) throws(LoadError) -> ExternValue {
    guard let found = try find(name, .function, for: extern) else {
      if extern.isWeak { return .missingFunction }
      throw .missingExtern(extern.name, extern.kind, expected: "a function of the kernel's types")
    }
    guard case .function(let function)? = try? found.types.type(found.id),
      case .function(let own)? = try? spec.types?.type(extern.typeID),
      try agrees(own.prototype, function.prototype, found.types)
    else {
      // A weak function of another signature is one that is not there.
      if extern.isWeak { return .missingFunction }
      throw .incompatibleExtern(extern.name, module: found.module)
    }
    return .typed(found.id, module: found.module)
  }

  private func find(
    _ name: String, _ kind: BTFKind, for extern: ExternSpec
  ) throws(LoadError) -> (id: TypeID, types: TypeGraph, module: String?)? {
    do throws(KernelTypes.Failure) { return try kernelTypes.find(name, [kind]) } catch {
      if extern.isWeak { return nil }
      throw .kernelTypes(error)
    }
  }

  private func agrees(_ own: TypeID, _ other: TypeID, _ types: TypeGraph) throws(LoadError) -> Bool {
    guard let ownTypes = spec.types else { return true }
    do throws(BTFError) {
      return try ownTypes.declares(own, as: other, in: types)
    } catch {
      throw .types(object: spec.name, error)
    }
  }
}
