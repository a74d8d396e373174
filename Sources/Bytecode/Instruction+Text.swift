extension Instruction: CustomStringConvertible {
  /// The instruction as the kernel writes it: `(07) r1 += 1`.
  ///
  /// A wide load shows only what its first slot holds; `text(next:)` shows all.
  public var description: String { text(next: nil) }

  /// The instruction as the kernel writes it, `next` being the slot behind it.
  ///
  /// Format: `print_bpf_insn` in the kernel's `kernel/bpf/disasm.c`. What the verifier puts in for its own use (the opcodes
  /// of `include/linux/filter.h`, such as `BPF_PROBE_MEM`) is written as what it does; what else that function calls
  /// `BUG_xx` is so here.
  ///
  /// - Parameter namesMapsByID: whether a load of a map holds the map's number, as in what the kernel shows of its
  ///   programs, rather than a descriptor.
  public func text(next: Instruction?, namesMapsByID: Bool = false) -> String {
    "(\(hexadecimal(opcode, digits: 2))) \(body(next: next, namesMapsByID ? "id" : "fd"))"
  }

  private func body(next: Instruction?, _ mapKey: String) -> String {
    switch instructionClass {
    case .arithmetic32, .arithmetic64: arithmeticText
    case .jump, .jump32: jumpText
    case .loadRegister: loadText
    case .store: storeText
    case .storeRegister: storeRegisterText
    case .load: wideText(next: next, mapKey)
    }
  }

  private var destinationName: String { "r\(destinationField)" }
  private var sourceName: String { "r\(sourceField)" }
  private var sizeName: String { (AccessSize(rawValue: opcode & 0x18) ?? .word).description }
  /// The letter before a register's number where the width matters.
  private var widthLetter: String { opcode & 7 == 4 || opcode & 7 == 6 ? "w" : "r" }
  private var mode: UInt8 { opcode & 0xe0 }
  private func place(_ register: String) -> String { "(\(register) \(signed(Int(offset))))" }
  private func memory(_ register: String) -> String { "*(\(sizeName) *)\(place(register))" }

  private var arithmeticText: String {
    guard let operation = ArithmeticOperation(rawValue: opcode & 0xf0) else { return "BUG_alu_\(opcode)" }
    let left = "\(widthLetter)\(destinationField)", right = "\(widthLetter)\(sourceField)"
    switch operation {
    case .byteOrder:
      let name = instructionClass == .arithmetic64 ? "bswap" : usesSourceRegister ? "be" : "le"
      return "\(destinationName) = \(name)\(immediate) \(destinationName)"
    case .negate: return "\(left) = -\(left)"
    case .move where usesSourceRegister && instructionClass == .arithmetic64 && offset == 1:
      return "\(left) = addr_space_cast(\(right), \(UInt32(bitPattern: immediate) >> 16), \(immediate & 0xffff))"
    case .move where usesSourceRegister && instructionClass == .arithmetic64 && offset == -1:
      return "\(left) = &(void __percpu *)(\(right))"
    default: break
    }
    let sign = (operation == .divide || operation == .remainder) && offset == 1 ? "s" : ""
    guard usesSourceRegister else { return "\(left) \(sign)\(operation.symbol) \(immediate)" }
    let signExtension = operation == .move && [8, 16, 32].contains(offset) ? "(s\(offset))" : ""
    return "\(left) \(sign)\(operation.symbol) \(signExtension)\(right)"
  }

  private var jumpText: String {
    switch opcode {
    case 0x85: return callText
    case 0x95: return "exit"
    case 0x05: return "goto pc\(signed(Int(offset)))"
    case 0x06: return "gotol pc\(signed(Int(immediate)))"
    case 0x0d: return "gotox \(destinationName)"
    case 0xe5: return "may_goto pc\(signed(Int(offset)))"
    case Self.tailCallOpcode: return Self.call(.tailCall).callText
    default: break
    }
    guard let condition = JumpCondition(rawValue: opcode & 0xf0) else { return "BUG_jmp_\(opcode)" }
    let right =
      usesSourceRegister
      ? "\(widthLetter)\(sourceField)" : "0x\(hexadecimal(UInt32(bitPattern: immediate), digits: 1))"
    return "if \(widthLetter)\(destinationField) \(condition.symbol) \(right) goto pc\(signed(Int(offset)))"
  }

  private var callText: String {
    switch callKind {
    case .function: "call pc\(signed(Int(immediate)))"
    case .kernelFunction: "call kernel-function#\(immediate)"
    case .helper: "call \(HelperFunction(rawValue: immediate).name.map { "bpf_\($0)" } ?? "unknown")#\(immediate)"
    case nil: "call unknown#\(immediate)"
    }
  }

  private var loadText: String {
    switch mode {
    case 0x60, InternalMode.probed, InternalMode.arena: "\(destinationName) = \(memory(sourceName))"
    case 0x80, InternalMode.signedProbed, InternalMode.signedArena:
      "\(destinationName) = *(s\(sizeName.dropFirst()) *)\(place(sourceName))"
    default: "BUG_ldx_\(hexadecimal(opcode, digits: 2))"
    }
  }

  private var storeText: String {
    switch mode {
    case 0x60, InternalMode.arena: "\(memory(destinationName)) = \(immediate)"
    case InternalMode.barrier: "nospec"
    default: "BUG_st_\(hexadecimal(opcode, digits: 2))"
    }
  }

  private var storeRegisterText: String {
    if mode == 0x60 || mode == InternalMode.arena { return "\(memory(destinationName)) = \(sourceName)" }
    guard mode == 0xc0 || mode == InternalMode.arenaAtomic, let operation = AtomicOperation(rawValue: immediate) else {
      return "BUG_\(hexadecimal(opcode, digits: 2))"
    }
    let target = "(\(sizeName) *)\(place(destinationName))"
    let wide = opcode & 0x18 == AccessSize.doubleWord.rawValue ? "64" : ""
    switch operation {
    case .add: return "lock *\(target) += \(sourceName)"
    case .or: return "lock *\(target) |= \(sourceName)"
    case .and: return "lock *\(target) &= \(sourceName)"
    case .xor: return "lock *\(target) ^= \(sourceName)"
    case .fetchAdd: return "\(sourceName) = atomic\(wide)_fetch_add(\(target), \(sourceName))"
    case .fetchOr: return "\(sourceName) = atomic\(wide)_fetch_or(\(target), \(sourceName))"
    case .fetchAnd: return "\(sourceName) = atomic\(wide)_fetch_and(\(target), \(sourceName))"
    case .fetchXor: return "\(sourceName) = atomic\(wide)_fetch_xor(\(target), \(sourceName))"
    case .exchange: return "\(sourceName) = atomic\(wide)_xchg(\(target), \(sourceName))"
    case .compareExchange: return "r0 = atomic\(wide)_cmpxchg(\(target), r0, \(sourceName))"
    case .loadAcquire: return "\(destinationName) = load_acquire((\(sizeName) *)\(place(sourceName)))"
    case .storeRelease: return "store_release(\(target), \(sourceName))"
    }
  }

  private func wideText(next: Instruction?, _ mapKey: String) -> String {
    switch mode {
    case 0x20: return "r0 = *(\(sizeName) *)skb[\(immediate)]"
    case 0x40: return "r0 = *(\(sizeName) *)skb[\(sourceName) + \(immediate)]"
    default: break
    }
    guard isWide else { return "BUG_ld_\(hexadecimal(opcode, digits: 2))" }
    let low = UInt64(UInt32(bitPattern: immediate)), high = UInt64(UInt32(bitPattern: next?.immediate ?? 0))
    switch WideLoadKind(rawValue: sourceField) {
    case .map: return "\(destinationName) = map[\(mapKey):\(immediate)]"
    case .mapValue: return "\(destinationName) = map[\(mapKey):\(immediate)][0]+\(high)"
    case .mapIndex: return "\(destinationName) = map[idx:\(immediate)]"
    case .mapIndexValue: return "\(destinationName) = map[idx:\(immediate)]+\(high)"
    case .function: return "\(destinationName) = subprog[\(signed(Int(immediate)))]"
    case .number, .kernelVariable, nil: return "\(destinationName) = 0x\(hexadecimal(high << 32 | low, digits: 1))"
    }
  }
}

extension Instruction {
  /// `BPF_JMP | BPF_TAIL_CALL`: the call of the helper, made ready.
  private static var tailCallOpcode: UInt8 { 0xf5 }
}

/// Modes of memory instructions that only the verifier puts in (the kernel's `include/linux/filter.h`).
private enum InternalMode {
  /// `BPF_PROBE_MEM`: a load through a pointer that may be none.
  static let probed: UInt8 = 0x20
  /// `BPF_PROBE_MEMSX`: the same, sign-extending.
  static let signedProbed: UInt8 = 0x40
  /// `BPF_PROBE_MEM32`: an access to an arena.
  static let arena: UInt8 = 0xa0
  /// `BPF_PROBE_MEM32SX`: a sign-extending load from an arena.
  static let signedArena: UInt8 = 0xc0
  /// `BPF_PROBE_ATOMIC`: an atomic operation in an arena.
  static let arenaAtomic: UInt8 = 0xe0
  /// `BPF_NOSPEC`: a barrier to speculation.
  static let barrier: UInt8 = 0xc0
}

extension ArithmeticOperation {
  /// As the kernel writes the assignment (`bpf_alu_string`).
  var symbol: String {
    switch self {
    case .add: "+="
    case .subtract: "-="
    case .multiply: "*="
    case .divide: "/="
    case .or: "|="
    case .and: "&="
    case .shiftLeft: "<<="
    case .logicalShiftRight: ">>="
    case .negate: "neg"
    case .remainder: "%="
    case .xor: "^="
    case .move: "="
    case .arithmeticShiftRight: "s>>="
    case .byteOrder: "endian"
    }
  }
}

extension JumpCondition {
  /// As the kernel writes the comparison (`bpf_jmp_string`).
  var symbol: String {
    switch self {
    case .equal: "=="
    case .unsignedGreater: ">"
    case .unsignedGreaterOrEqual: ">="
    case .commonBits: "&"
    case .notEqual: "!="
    case .signedGreater: "s>"
    case .signedGreaterOrEqual: "s>="
    case .unsignedLess: "<"
    case .unsignedLessOrEqual: "<="
    case .signedLess: "s<"
    case .signedLessOrEqual: "s<="
    }
  }
}

private func signed(_ number: Int) -> String { number < 0 ? String(number) : "+\(number)" }

private func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

extension Array where Element == Instruction {
  /// A line per instruction, numbered by slot as the kernel does: `   3: (bf) r1 = r6`.
  public func listing() -> [String] {
    var lines: [String] = []
    var index = startIndex
    while index < endIndex {
      let next = index + 1 < endIndex ? self[index + 1] : nil
      let number = String(index)
      lines.append(
        String(repeating: " ", count: Swift.max(0, 4 - number.count)) + "\(number): " + self[index].text(next: next))
      index += self[index].isWide && next != nil ? 2 : 1
    }
    return lines
  }
}
