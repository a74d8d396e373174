internal import BTF
internal import Bytecode
internal import KernelInterface
internal import LinuxSystem

/// Loading an object's programs.
extension LoadContext {
  /// Loads one program, whose code has all references filled in.
  func loadProgram(
    _ program: ObjectProgram, _ code: LinkedCode, descriptors: [CInt]
  ) throws(LoadError) -> Program {
    var program = program
    let target: AttachTargetType?
    if program.type == .structOperations {
      guard let place = try structOperationsTarget(of: program.name) else {
        throw .missingTarget(program: program.name, "no struct_ops map of the object names it")
      }
      target = place.target
      program.expectedAttachType = place.member
    } else {
      target = try attachTarget(of: program)
    }
    guard program.type != .unspecified else {
      throw .unknownSection(program: program.name, section: program.sectionName)
    }
    let spec = ProgramSpec(
      name: program.name, type: program.type, expectedAttachType: program.expectedAttachType,
      code: Assembly(instructions: code.instructions, relocations: []), license: self.spec.license,
      flags: program.flags, attachTypeID: target?.id.rawValue ?? 0)
    var load = ProgramLoad(
      type: program.type, expectedAttachType: program.expectedAttachType, instructions: code.instructions.encoded(),
      license: self.spec.license, name: ObjectName(program.name), flags: program.flags,
      attachTypeID: target?.id.rawValue ?? 0, attachObject: target?.object)
    load.kernelVersion = self.spec.kernelVersion ?? 0
    load.descriptors = descriptors
    load.token = tokenNumber
    if let device = options.device {
      load.deviceIndex = device.index
      if !device.isOffloaded { load.flags.insert(.deviceBound) }
    }
    if let types, types.support.contains(.functions) {
      load.btf = types.descriptor.number
      load.functionInfo = Self.functionInfo(of: code)
      load.lineInfo = Self.lineInfo(of: code)
      if load.functionInfo == nil { load.btf = nil }
    }
    do throws(BPFError) {
      return try self.load(spec, load, program, from: code)
    } catch {
      if Self.namesGlobalData(code.instructions), !features.has(.ability(.globalData)) {
        throw .missingFeature(Self.globalData, neededBy: "program '\(program.name)'")
      }
      if program.type == .tracing, Self.isForManyFunctions(program), !features.has(.link(.traceFentryMulti)) {
        throw .missingFeature(Self.manyFunctions, neededBy: "program '\(program.name)'")
      }
      throw .program(program.name, error)
    }
  }

  /// What kernels before 7.2 lack.
  static let manyFunctions =
    "tracing programs for many functions (Linux 7.2 is the first to have them; kprobe.multi is older)"

  private static func isForManyFunctions(_ program: ObjectProgram) -> Bool {
    [.traceFentryMulti, .traceFexitMulti, .traceFsessionMulti].contains(program.expectedAttachType)
  }

  /// What kernels before 5.2 lack, in the words of ``LoadError/missingFeature(_:neededBy:)``.
  static let globalData = "global variables (Linux 5.2 is the first to have them)"

  /// Whether an instruction loads an address within a map's value.
  private static func namesGlobalData(_ instructions: [Instruction]) -> Bool {
    let kinds = [WideLoadKind.mapValue.rawValue, WideLoadKind.mapIndexValue.rawValue]
    return instructions.contains { $0.isWide && kinds.contains($0.sourceField) }
  }

  private func load(
    _ spec: ProgramSpec, _ load: ProgramLoad, _ program: ObjectProgram, from code: LinkedCode
  ) throws(BPFError) -> Program {
    let request = options.log ?? program.log
    let types = self.spec.types
    let source = { ProgramSource(code, types: types) }
    do throws(BPFError) {
      return try Program(spec, load, log: request, kernel: kernel, source: source)
    } catch {
      guard case .programRefused(let refusal) = error else { throw error }
      var older = load
      // What an older kernel refuses before it verifies: an attach type that it does not know.
      if refusal.log.text.isEmpty, refusal.error.errno == .invalidArgument,
        program.section?.traits.contains(.attachTypeIsOptional) == true, older.expectedAttachType != nil
      {
        older.expectedAttachType = nil
      }
      if let instructions = olderReads(spec.code.instructions) { older.instructions = instructions.encoded() }
      guard older != load else { throw error }
      do throws(BPFError) { return try Program(spec, older, log: request, kernel: kernel, source: source) } catch {
        throw error
      }
    }
  }

  /// With the helpers that read any memory in place of those that tell kernel and user memory apart, on a kernel that
  /// has only the former (before 5.5); nil when that changes nothing.
  private func olderReads(_ instructions: [Instruction]) -> [Instruction]? {
    let exchange: [Int32: Int32] = [
      Int32(HelperFunction.probeReadKernel.rawValue): Int32(HelperFunction.probeRead.rawValue),
      Int32(HelperFunction.probeReadUser.rawValue): Int32(HelperFunction.probeRead.rawValue),
      Int32(HelperFunction.probeReadKernelStr.rawValue): Int32(HelperFunction.probeReadStr.rawValue),
      Int32(HelperFunction.probeReadUserStr.rawValue): Int32(HelperFunction.probeReadStr.rawValue),
    ]
    func isHelperCall(_ instruction: Instruction) -> Bool {
      instruction.opcode == 0x85 && instruction.sourceField == CallKind.helper.rawValue
    }
    guard instructions.contains(where: { isHelperCall($0) && exchange[$0.immediate] != nil }),
      !features.has(.kernelReads)
    else { return nil }
    return instructions.map { instruction in
      guard isHelperCall(instruction), let older = exchange[instruction.immediate] else { return instruction }
      var copy = instruction
      copy.immediate = older
      return copy
    }
  }

  /// `struct bpf_func_info`; nil unless every function has its type, for the kernel wants all or none.
  private static func functionInfo(of code: LinkedCode) -> ProgramLoad.InfoRecords? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(code.functions.count * 8)
    for function in code.functions {
      guard let type = function.typeID, type != .void else { return nil }
      bytes.append(number: UInt32(clamping: function.offset))
      bytes.append(number: type.rawValue)
    }
    return bytes.isEmpty ? nil : ProgramLoad.InfoRecords(bytes: bytes, recordSize: 8)
  }

  /// `struct bpf_line_info`.
  private static func lineInfo(of code: LinkedCode) -> ProgramLoad.InfoRecords? {
    guard !code.lines.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(code.lines.count * 16)
    for line in code.lines {
      bytes.append(number: UInt32(clamping: line.instructionOffset / 8))
      bytes.append(number: line.fileNameOffset)
      bytes.append(number: line.textOffset)
      bytes.append(number: line.lineAndColumn)
    }
    return ProgramLoad.InfoRecords(bytes: bytes, recordSize: 16)
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt32) {
    Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
  }
}
