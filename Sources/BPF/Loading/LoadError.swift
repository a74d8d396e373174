public import BTF
public import KernelInterface
public import LinuxSystem

/// Why an object could not be loaded.
///
/// Nothing of it is left in the kernel then.
public enum LoadError: Error, Hashable, Sendable {
  /// The source cannot be compiled.
  case source(CompilationError)
  /// The object is malformed, or its functions cannot be put together.
  case object(ObjectError)
  /// The object's types are malformed.
  case types(object: String, BTFError)
  /// The kernel refused the object's types, and something of the object cannot do without.
  case typesRefused(object: String, BTFRefusal)
  /// The object is for machines of the other byte order.
  case wrongByteOrder(object: String)
  /// The kernel's own types are needed and cannot be had.
  case kernelTypes(KernelTypes.Failure)
  /// What a program expects of the kernel's types cannot be told, or does not fit its instruction.
  case relocation(object: String, RelocationError)
  /// A program reaches an instruction that needs a field, type or value that the kernel does not have.
  case missingKernelType(program: String, PoisonedInstruction, BPFError)
  /// An instruction cannot name what it refers to.
  case badReference(program: String, String)
  /// A strong extern is not there.
  case missingExtern(String, ExternSpec.Kind, expected: String)
  /// Several symbols of that name have different addresses.
  case ambiguousExtern(String, Int)
  /// The kernel has the name, but as something else than the object declares.
  case incompatibleExtern(String, module: String?)
  /// Kernel symbols are needed for an extern and cannot be read.
  case symbolsUnreadable(String, SystemCallError)
  /// The kernel's configuration is needed for an extern and cannot be read.
  case configurationUnreadable(String, SystemCallError)
  /// An option's value does not fit its variable.
  case badConfigurationValue(String, String)
  /// A map could not be created, filled or frozen.
  case map(String, BPFError)
  /// A map's spec says what cannot be.
  case badMap(String, String)
  /// The kernel lacks something that the object cannot do without.
  case missingFeature(String, neededBy: String)
  /// A program could not be loaded.
  case program(String, BPFError)
  /// A program's section says nothing that is known, so its type must be set.
  case unknownSection(program: String, section: String)
  /// What a program is to be attached to is not there, or is not given.
  case missingTarget(program: String, String)
  /// A token could not be made.
  case token(SystemCallError)
  /// Something names a map, program or variable that the object does not have.
  case unknownName(String, expected: String)
  /// A variable has another size than the value.
  case wrongVariableSize(String, expected: Int, given: Int)
}

extension LoadError: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .source(let error): "\(error)"
    case .object(let error): "\(error)"
    case .types(let object, let error): "\(object): \(error)"
    case .typesRefused(let object, let refusal): "\(object): its types: \(refusal.error)"
    case .wrongByteOrder(let object): "\(object) is for machines of the other byte order"
    case .kernelTypes(let error): "\(error)"
    case .relocation(let object, let error): "\(object): \(error)"
    case .missingKernelType(let program, let instruction, _): "program '\(program)': \(instruction)"
    case .badReference(let program, let reason): "program '\(program)': \(reason)"
    case .missingExtern(let name, let kind, let expected):
      "extern \(kind.text) '\(name)' is not there: expected \(expected)"
    case .ambiguousExtern(let name, let count): "extern '\(name)': \(count) kernel symbols of that name differ"
    case .incompatibleExtern(let name, let module):
      "extern '\(name)': \(module.map { "module \($0)" } ?? "the kernel") has it with another type"
    case .symbolsUnreadable(let name, let error): "extern '\(name)': \(error)"
    case .configurationUnreadable(let name, let error): "extern '\(name)': \(error)"
    case .badConfigurationValue(let name, let reason): "option '\(name)': \(reason)"
    case .map(let name, let error): "map '\(name)': \(error)"
    case .badMap(let name, let reason): "map '\(name)': \(reason)"
    case .missingFeature(let feature, let user): "\(user) needs \(feature), which this kernel does not have"
    case .program(let name, let error): "program '\(name)': \(error)"
    case .unknownSection(let program, let section):
      "program '\(program)': section '\(section)' names no type of program; set its type"
    case .missingTarget(let program, let reason): "program '\(program)': \(reason)"
    case .token(let error): "BPF token: \(error)"
    case .unknownName(let name, let expected): "there is no \(expected) '\(name)'"
    case .wrongVariableSize(let name, let expected, let given):
      "variable '\(name)' has \(expected) bytes, not \(given)"
    }
  }
}

extension ExternSpec.Kind {
  fileprivate var text: String {
    switch self {
    case .kernelVariable: "variable"
    case .kernelFunction: "function"
    case .configuration: "option"
    case .otherObject: "object"
    }
  }
}
