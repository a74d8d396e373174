internal import BTF

/// An object's types in the form that the kernel takes.
///
/// What compilers write about things that are not defined in the object (externs), the kernel refuses: a variable must
/// be in memory, a function's parameters must have names. `kernel/bpf/btf.c`, `btf_var_check_meta` and
/// `btf_func_check`.
extension TypeRecords {
  /// Makes externs acceptable: options of the configuration become variables of their map, the kernel's variables
  /// integers, the kernel's functions global functions.
  ///
  /// `configuration` gives an option's place in the map of options, by its name; `staticFunctions` are global for the
  /// linker only, so the verifier must not check them by themselves.
  mutating func prepareForKernel(
    configuration: [String: (offset: Int, size: Int)], configurationSize: Int, staticFunctions: Set<TypeID>
  ) {
    let sections = ids.filter { kind(of: $0) == .dataSection }
    for section in sections {
      switch string(at: nameOffset(of: section)) {
      case ".kconfig": prepareConfiguration(section, configuration, size: configurationSize)
      case ".ksyms": prepareKernelSymbols(section)
      default: break
      }
    }
    for id in staticFunctions where kind(of: id) == .function { setHeader(of: id, itemCount: 0) }
  }

  private mutating func prepareConfiguration(
    _ section: TypeID, _ places: [String: (offset: Int, size: Int)], size: Int
  ) {
    var variables: [(id: UInt32, offset: Int, size: Int)] = []
    for item in 0..<itemCount(of: section) {
      let variable = self[section, item * 3]
      let name = string(at: nameOffset(of: TypeID(variable)))
      self[TypeID(variable), 0] = VariableLinkage.global.rawValue
      let place = places[name]
      variables.append(
        (variable, place?.offset ?? Int(self[section, item * 3 + 1]), place?.size ?? Int(self[section, item * 3 + 2])))
    }
    // The kernel wants variables in the order of their offsets.
    variables.sort { $0.offset < $1.offset }
    for (item, variable) in variables.enumerated() {
      self[section, item * 3] = variable.id
      self[section, item * 3 + 1] = UInt32(clamping: variable.offset)
      self[section, item * 3 + 2] = UInt32(clamping: variable.size)
    }
    setHeader(of: section, sizeOrType: UInt32(clamping: size))
  }

  /// Nothing is in this section: the kernel gets it as a struct of as many integers, and no variable has its type.
  private mutating func prepareKernelSymbols(_ section: TypeID) {
    let integer = integer(ofAtMost: 4) ?? addInteger(named: "int", size: 4)
    let parameterName = addString("argument")
    for item in 0..<itemCount(of: section) {
      let id = TypeID(self[section, item * 3])
      if kind(of: id) == .function {
        let prototype = TypeID(sizeOrType(of: id))
        for parameter in 0..<itemCount(of: prototype)
        where self[prototype, parameter * 2 + 1] != 0 && self[prototype, parameter * 2] == 0 {
          self[prototype, parameter * 2] = parameterName
        }
        setHeader(of: id, itemCount: Int(FunctionLinkage.global.rawValue))
      } else if kind(of: id) == .variable {
        setHeader(of: id, sizeOrType: integer.rawValue)
        self[id, 0] = VariableLinkage.global.rawValue
      }
      self[section, item * 3] = 0
      self[section, item * 3 + 1] = integer.rawValue
      self[section, item * 3 + 2] = UInt32(truncatingIfNeeded: item * 32)
    }
    let size = UInt32(truncatingIfNeeded: itemCount(of: section) * 4)
    setHeader(of: section, nameOffset: addString("ksyms"), kind: .structure, flag: false, sizeOrType: size)
  }

  /// An integer of at most so many bytes.
  func integer(ofAtMost size: UInt32) -> TypeID? {
    ids.first { kind(of: $0) == .integer && sizeOrType(of: $0) <= size && self[$0, 0] & 0xff == sizeOrType(of: $0) * 8 }
  }
}
