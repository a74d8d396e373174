internal import BTF
internal import Bytecode
internal import KernelInterface
internal import LinuxSystem

extension KernelFeatureProbe {
  func ability(_ ability: KernelFeature.Ability) -> KernelFeatureAvailability {
    switch ability {
    case .kprobes: file("/sys/bus/event_source/devices/kprobe/type")
    case .uprobes: file("/sys/bus/event_source/devices/uprobe/type")
    case .typeInformation: file("/sys/kernel/btf/vmlinux")
    case .typeLoading: typeKind(.integer)
    case .globalData: globalData()
    case .boundedLoops:
      load([
        .move(.r0, 10), .arithmetic(.subtract, .r0, 1), .jump(if: .notEqual, .r0, 0, -2), .move(.r0, 0), .exit,
      ])
    case .largePrograms: load(Array(repeating: .move(.r0, 0), count: 4096) + [.exit])
    case .functionCalls: load([.call(function: 1), .exit, .move(.r0, 0), .exit])
    case .globalFunctions:
      withTypes { builder throws(BTFError) in
        try Self.addFunction(named: "f", linkage: .global, to: &builder)
      } _: { _, _ in
        .available
      }
    case .wordJumps:
      load([.move(.r0, 0), .jump(if: .equal, .r0, 0, width: .bits32, 0), .exit])
    case .fetchingAtomics:
      load([
        .store(.doubleWord, 0, to: .r10, offset: -8), .move(.r1, 1),
        .atomic(.fetchAdd, .doubleWord, .r1, at: .r10, offset: -8), .move(.r0, 0), .exit,
      ])
    case .instructionSetV4:
      load([
        .move(.r0, -4), .signedDivide(.r0, 2), .moveSigned(.r0, .r0, bits: 8), .longJump(0), .move(.r0, 0), .exit,
      ])
    case .mayGoto: load([.move(.r0, 0), .mayGoto(1), .move(.r0, 0), .exit])
    case .acquireRelease:
      load([
        .store(.doubleWord, 0, to: .r10, offset: -8),
        Instruction(
          opcode: 0xc0 | AccessSize.doubleWord.rawValue | InstructionClass.storeRegister.rawValue,
          destination: Register.r0.rawValue, source: Register.r10.rawValue, offset: -8,
          immediate: AtomicOperation.loadAcquire.rawValue),
        .exit,
      ])
    case .rawTracepointCookie: helper(.getAttachCookie, in: .rawTracepoint)
    // Attaching would change the kernel's code, and loading does not show it.
    case .tracingCookie: type(named: "bpf_get_attach_cookie_tracing", .function)
    case .tokens: refusing(.tokenCreate, descriptorAt: 4)  // token_create.bpffs_fd
    case .linkDetaching: refusing(.linkDetach, descriptorAt: 0)  // link_detach.link_fd
    case .mapBinding: refusing(.programBindMap, descriptorAt: 0)  // prog_bind_map.prog_fd
    case .runStatistics:
      outcome { () throws(SystemCallError) in
        var attribute = BPFAttribute()
        let answer = kernel.bpf(.enableStatistics, &attribute)
        _ = try OwnedDescriptor(
          adopting: SystemCallError.check(answer, "bpf(BPF_ENABLE_STATS)", on: "run statistics"))
      }
    }
  }

  /// A command on descriptor -1, which is not there; a kernel without the command answers `EINVAL` before it looks.
  private func refusing(_ command: BPFCall, descriptorAt offset: Int) -> KernelFeatureAvailability {
    var attribute = BPFAttribute()
    attribute.set(CInt(-1), at: offset)
    return answer(command, kernel.bpf(command, &attribute), expecting: .badFileDescriptor)
  }

  /// Loads an address within a map's value.
  private func globalData() -> KernelFeatureAvailability {
    do throws(SystemCallError) {
      let map = try kernel.createMap(MapCreation(type: .array, keySize: 4, valueSize: 32, maxEntries: 1))
      return map.withNumber { number in
        let address = Instruction.wideLoad(.r1, .mapValue, low: number, high: 16)
        return load(address + [.store(.doubleWord, 42, to: .r1), .move(.r0, 0), .exit])
      }
    } catch {
      return Self.missing(error)
    }
  }

  /// Gives the kernel types of which one is of the kind.
  func typeKind(_ kind: BTFKind) -> KernelFeatureAvailability {
    withTypes { builder throws(BTFError) in
      let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
      switch kind {
      case .void, .integer: break
      case .pointer: try builder.addPointer(to: int)
      case .array: try builder.addArray(of: int, count: 2, indexedBy: int)
      case .structure: try builder.addStructure(named: "s", size: 4, members: [.init("a", int, bitOffset: 0)])
      case .union: try builder.addUnion(named: "u", size: 4, members: [.init("a", int, bitOffset: 0)])
      case .enumeration: try builder.addEnumeration(named: "e", values: [("a", 0)])
      case .enumeration64: try builder.addEnumeration(named: "e", size: 8, values: [("a", 1 << 40)])
      case .forward: try builder.addForward(named: "f")
      case .typedef: try builder.addTypedef(named: "t", for: int)
      case .volatile: try builder.addVolatile(int)
      case .const: try builder.addConst(int)
      case .restrict: try builder.addRestrict(builder.addPointer(to: int))
      case .function: try Self.addFunction(named: "f", linkage: .static, to: &builder)
      case .functionPrototype: try builder.addFunctionPrototype(returning: int, parameters: [])
      case .variable: try builder.addVariable(named: "v", type: int)
      case .dataSection:
        let variable = try builder.addVariable(named: "v", type: int)
        try builder.addDataSection(
          named: ".data", size: 4, variables: [SectionVariable(variable: variable, offset: 0, size: 4)])
      case .float: try builder.addFloat(named: "float", size: 4)
      case .declarationTag:
        try builder.addDeclarationTag("tag", on: builder.addVariable(named: "v", type: int))
      case .typeTag: try builder.addPointer(to: builder.addTypeTag("tag", on: int))
      }
      return int
    } _: { _, _ in
      .available
    }
  }

  @discardableResult
  private static func addFunction(
    named name: String, linkage: FunctionLinkage, to builder: inout TypeGraphBuilder
  ) throws(BTFError) -> TypeID {
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let prototype = try builder.addFunctionPrototype(returning: int, parameters: [.init("x", int)])
    return try builder.addFunction(named: name, prototype: prototype, linkage: linkage)
  }
}
