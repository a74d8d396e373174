internal import BTF
internal import Bytecode
internal import KernelInterface
internal import LinuxSystem

/// The bytes of an object's map of configuration options.
///
/// How values of each kind go into variables of each type is libbpf's rule, described with `__kconfig` in its
/// documentation.
struct ConfigurationValues {
  let spec: ObjectSpec
  let kernel: any KernelCalls
  let kernelTypes: KernelTypes
  let features: KernelFeatures
  /// More options in the form of a `.config`, which take precedence over the kernel's.
  let extraConfiguration: [UInt8]

  /// What a variable can hold.
  private enum Form: Equatable {
    case boolean
    /// `enum libbpf_tristate`.
    case tristate
    case character
    case integer(size: Int, isSigned: Bool)
    case text(count: Int)
  }

  /// The map's first value.
  func contents(size: Int) throws(LoadError) -> [UInt8] {
    var contents = [UInt8](repeating: 0, count: size)
    let extra = KernelConfiguration(parsing: extraConfiguration)
    var running: KernelConfiguration?
    for extern in spec.externs where extern.kind == .configuration {
      guard extern.offset >= 0, extern.size >= 0, extern.size <= size, extern.offset <= size - extern.size else {
        throw .badConfigurationValue(extern.name, "it lies outside the map of options")
      }
      if let fact = try fact(extern.name) {
        try store(.number(fact, isNegative: false), in: extern, &contents)
        continue
      }
      if let value = extra[extern.name] {
        try store(value, in: extern, &contents)
        continue
      }
      if running == nil {
        do throws(SystemCallError) { running = try KernelConfiguration(kernel: kernel) } catch {
          // Weak options can do without it.
          if extern.isWeak { continue }
          throw .configurationUnreadable(extern.name, error)
        }
      }
      if let value = running?[extern.name] {
        try store(value, in: extern, &contents)
      } else if !extern.isWeak {
        throw .missingExtern(extern.name, .configuration, expected: "an option that the kernel was built with")
      }
    }
    return contents
  }

  /// What is no option but known all the same.
  private func fact(_ name: String) throws(LoadError) -> UInt64? {
    switch name {
    case "LINUX_KERNEL_VERSION":
      do throws(SystemCallError) {
        let version = try KernelVersion.running(kernel)
        // `KERNEL_VERSION` of linux/version.h: a patch number beyond 255 stays 255.
        return UInt64(clamping: version.major << 16 + version.minor << 8 + min(version.patch, 255))
      } catch {
        throw .configurationUnreadable(name, error)
      }
    case "LINUX_HAS_BPF_COOKIE": return features.has(.attachCookie) ? 1 : 0
    case "LINUX_HAS_SYSCALL_WRAPPER": return hasSystemCallWrapper ? 1 : 0
    default: return nil
    }
  }

  /// Whether functions of system calls take their arguments in a `struct pt_regs`.
  private var hasSystemCallWrapper: Bool {
    let name =
      switch MachineArchitecture.current {
      case .x86: "__x64_sys_bpf"
      case .arm64: "__arm64_sys_bpf"
      }
    return (try? kernelTypes.own())?.id(named: name, kind: .function) != nil
  }

  private func form(of extern: ExternSpec) throws(LoadError) -> Form {
    guard let types = spec.types else { throw .badConfigurationValue(extern.name, "the object has no types") }
    do throws(BTFError) {
      let id = try types.resolve(extern.typeID)
      switch try types.type(id) {
      case .integer(let integer) where integer.isBoolean && integer.size == 1: return .boolean
      case .integer(let integer) where integer.size == 1: return .character
      case .integer(let integer) where [2, 4, 8].contains(integer.size):
        return .integer(size: integer.size, isSigned: integer.isSigned)
      case .enumeration(let enumeration) where enumeration.name == "libbpf_tristate" && enumeration.size == 4:
        return .tristate
      case .array(let array):
        if case .integer(let element) = try types.type(types.resolve(array.element)), element.size == 1, array.count > 0
        {
          return .text(count: array.count)
        }
      default: break
      }
    } catch {
      throw .types(object: spec.name, error)
    }
    throw .badConfigurationValue(
      extern.name, "its type is none of bool, enum libbpf_tristate, char, char[], and integers of 2, 4 and 8 bytes")
  }

  private func store(
    _ value: KernelConfiguration.Value, in extern: ExternSpec, _ contents: inout [UInt8]
  ) throws(LoadError) {
    let bytes: [UInt8]
    switch (try form(of: extern), value) {
    case (.boolean, .yes): bytes = [1]
    case (.boolean, .no): bytes = [0]
    case (.boolean, .number(let number, _)) where number <= 1: bytes = [UInt8(number)]
    case (.tristate, .no): bytes = Self.bytes(0, 4)
    case (.tristate, .yes): bytes = Self.bytes(1, 4)
    case (.tristate, .module): bytes = Self.bytes(2, 4)
    case (.character, .yes): bytes = [UInt8(ascii: "y")]
    case (.character, .no): bytes = [UInt8(ascii: "n")]
    case (.character, .module): bytes = [UInt8(ascii: "m")]
    case (.character, .number(let number, false)) where number <= 255: bytes = [UInt8(number)]
    case (.character, .number(let number, true)) where Int64(bitPattern: number) >= -128:
      bytes = [UInt8(truncatingIfNeeded: number)]
    case (.integer(let size, let isSigned), .number(let number, let isNegative)):
      guard Self.fits(number, isNegative: isNegative, size: size, isSigned: isSigned) else {
        throw .badConfigurationValue(
          extern.name, "\(isNegative ? "\(Int64(bitPattern: number))" : "\(number)") does not fit in \(size) bytes")
      }
      bytes = Self.bytes(number, size)
    case (.text(let count), .text(let text)):
      // One that is too long is cut, with its closing NUL kept.
      bytes = Array(text.prefix(count - 1)) + [0]
    case (let form, _): throw .badConfigurationValue(extern.name, "\(value) does not fit a variable of type \(form)")
    }
    guard bytes.count <= extern.size else {
      throw .badConfigurationValue(extern.name, "its variable has \(extern.size) bytes")
    }
    for (index, byte) in bytes.enumerated() { contents[extern.offset + index] = byte }
  }

  private static func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
    let bytes = withUnsafeBytes(of: number) { Array($0) }
    // In this machine's order the low bytes come first or last.
    return UInt16(1).littleEndian == 1 ? Array(bytes.prefix(count)) : Array(bytes.suffix(count))
  }

  private static func fits(_ number: UInt64, isNegative: Bool, size: Int, isSigned: Bool) -> Bool {
    if size == 8 { return isSigned ? isNegative || number <= Int64.max : !isNegative }
    let bits = UInt64(size * 8)
    if !isSigned { return !isNegative && number >> bits == 0 }
    let value = Int64(bitPattern: number)
    if !isNegative, value < 0 { return false }
    return value >= -(1 << Int64(bits - 1)) && value < 1 << Int64(bits - 1)
  }
}
