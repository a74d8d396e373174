internal import ELF
internal import KernelInterface

/// Where the arguments of a USDT probe are, as `bpf_usdt_arg` of libbpf's `bpf/usdt.bpf.h` reads it from the map
/// `__bpf_usdt_specs`.
///
/// Layout: `struct __bpf_usdt_spec` there. Its arguments had 16 bytes each until libbpf 1.7, which can address memory by
/// two registers and has 24; the map's value size tells them apart.
struct USDTSpec: Hashable {
  /// How an object's header lays arguments out.
  enum Layout: Hashable {
    /// Until libbpf 1.6: 16 bytes.
    case narrow
    /// Since libbpf 1.7: 24 bytes, with an index register and its scale.
    case wide

    /// Nil for a size that no known header has.
    init?(valueSize: Int) {
      switch valueSize {
      case Self.narrow.valueSize: self = .narrow
      case Self.wide.valueSize: self = .wide
      default: return nil
      }
    }

    var argumentSize: Int { self == .narrow ? 16 : 24 }
    /// Twelve arguments, the cookie, and how many arguments there are, padded to eight bytes.
    var valueSize: Int { USDTSpec.maximumArguments * argumentSize + 16 }
  }

  /// `BPF_USDT_MAX_ARG_CNT`.
  static let maximumArguments = 12

  /// An argument's place by offsets in `struct pt_regs`.
  enum Place: Hashable {
    case constant(Int64)
    case register(Int)
    case memory(base: Int, displacement: Int64)
    case indexed(base: Int, index: Int, shift: Int, displacement: Int64)
  }

  struct Argument: Hashable {
    var place: Place
    var isSigned: Bool
    var bitShift: Int
  }

  var arguments: [Argument]
  var cookie: UInt64

  /// Finds the registers of a probe's arguments in `struct pt_regs`, and the symbols in its file.
  ///
  /// - Parameter symbol: a symbol's address as the file counts.
  init(
    _ probe: USDTProbe, cookie: UInt64, isFixedAddress: Bool, symbol: (String) -> UInt64?
  ) throws(AttachError) {
    let name = "\(probe.provider):\(probe.name)"
    guard probe.arguments.count <= Self.maximumArguments else {
      throw .badUSDTArgument(
        probe: name, argument: probe.argumentText, reason: "there are more than \(Self.maximumArguments)")
    }
    self.cookie = cookie
    arguments = []
    let words = probe.argumentText
    for argument in probe.arguments {
      func failure(_ reason: String) -> AttachError {
        .badUSDTArgument(probe: name, argument: words, reason: reason)
      }
      func offset(of register: MachineRegister) throws(AttachError) -> Int {
        guard let offset = RegisterOffset.inContext(of: register) else {
          throw failure("register \(register.name) is not among those that the kernel keeps")
        }
        return offset
      }
      let place: Place
      switch argument.operand {
      case .constant(let value): place = .constant(value)
      case .register(let register): place = .register(try offset(of: register))
      case .memory(var address):
        if let name = address.symbol {
          guard let value = symbol(name) else { throw failure("the file has no symbol '\(name)'") }
          address.displacement = address.displacement &+ Int64(bitPattern: value)
          if address.base?.name == "rip" {
            // The instruction pointer is at the probe: the symbol lies at a fixed distance wherever the file is loaded.
            address.displacement = address.displacement &- Int64(bitPattern: probe.address)
          } else if address.base == nil, address.index == nil {
            address.base = MachineRegister(amd64: "rip")
            address.displacement = address.displacement &- Int64(bitPattern: probe.address)
          } else if !isFixedAddress {
            throw failure("the address of '\(name)' is not known before the file is loaded")
          }
        }
        if address.base == nil, address.scale == 1 {
          address.base = address.index
          address.index = nil
        }
        guard let base = address.base else { throw failure("there is no base register") }
        if let index = address.index {
          place = .indexed(
            base: try offset(of: base), index: try offset(of: index), shift: address.scale.trailingZeroBitCount,
            displacement: address.displacement)
        } else {
          place = .memory(base: try offset(of: base), displacement: address.displacement)
        }
      }
      arguments.append(
        Argument(place: place, isSigned: argument.isSigned, bitShift: 64 - 8 * argument.byteCount))
    }
  }

  /// The map's value; nil when the layout has no way to say where an argument is.
  func encoded(_ layout: Layout) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: layout.valueSize)
    func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
      withUnsafeBytes(of: number) { for (index, byte) in $0.enumerated() { bytes[offset + index] = byte } }
    }
    for (index, argument) in arguments.enumerated() {
      let start = index * layout.argumentSize
      // reg_off, arg_signed and arg_bitshift follow the kind, and in the wide layout the index register.
      let register = start + (layout == .narrow ? 12 : 14)
      switch argument.place {
      case .constant(let value):
        set(value, at: start)
      case .register(let offset):
        bytes[start + 8] = 1
        set(Int16(truncatingIfNeeded: offset), at: register)
      case .memory(let base, let displacement):
        set(displacement, at: start)
        bytes[start + 8] = 2
        set(Int16(truncatingIfNeeded: base), at: register)
      case .indexed(let base, let index, let shift, let displacement):
        guard layout == .wide else { return nil }
        set(displacement, at: start)
        bytes[start + 8] = 3
        set(UInt16(truncatingIfNeeded: index & 0xfff | shift << 12), at: start + 10)
        set(Int16(truncatingIfNeeded: base), at: register)
      }
      bytes[register + 2] = argument.isSigned ? 1 : 0
      bytes[register + 3] = UInt8(truncatingIfNeeded: argument.bitShift)
    }
    set(cookie, at: Self.maximumArguments * layout.argumentSize)
    set(Int16(truncatingIfNeeded: arguments.count), at: Self.maximumArguments * layout.argumentSize + 8)
    return bytes
  }
}
