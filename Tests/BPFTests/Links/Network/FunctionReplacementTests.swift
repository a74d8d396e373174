import BTF
import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct FunctionReplacementTests {
  /// Type information of `int NAME(void)`, global, for each name.
  private func types(_ names: [String]) throws -> (btf: [UInt8], ids: [UInt32]) {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let prototype = try builder.addFunctionPrototype(returning: int, parameters: [])
    let ids = try names.map { try builder.addFunction(named: $0, prototype: prototype, linkage: .global).rawValue }
    return (try builder.build(), ids)
  }

  /// An XDP program that answers what its function `decide` answers: 1.
  private func target() throws -> Program {
    let types = try types(["entry", "decide"])
    let records = bytes(UInt32(0)) + bytes(types.ids[0]) + bytes(UInt32(2)) + bytes(types.ids[1])
    return try Program(
      ProgramSpec(
        name: "entry", type: .xdp,
        code: Assembly(instructions: [.call(function: 1), .exit, .move(.r0, 1), .exit]),
        types: .init(btf: types.btf, functions: .init(bytes: records, recordSize: 8))))
  }

  @Test func findsFunctions() throws {
    let target = try target()
    #expect(try target.typeID(ofFunction: "decide") == (try types(["entry", "decide"]).ids[1]))
    #expect(throws: BPFError.noSuchFunction("other", program: "entry")) { try target.typeID(ofFunction: "other") }
    let bare = try CountingProgram.xdp().program
    #expect(throws: BPFError.noSuchFunction("decide", program: "count")) { try bare.typeID(ofFunction: "decide") }
    let wrong = try refusal { try bare.attach(toFunction: "decide", of: target) }
    #expect(wrong.cause == .wrongProgramType(given: .xdp, expected: [.freplace]))
  }

  @Test(.needs(.program(.freplace))) func replacesAFunction() throws {
    let target = try target()
    let other = try self.target()
    func answer(_ program: Program) throws -> UInt32 {
      UInt32(truncatingIfNeeded: try program.run(TestRun(data: Array(repeating: 0, count: 64))).returnValue)
    }
    #expect(try answer(target) == 1)
    let types = try types(["decide"])
    let kernel = LiveKernel()
    let btf = try kernel.loadBTF(types.btf)
    let typeID = try target.typeID(ofFunction: "decide")
    let targetNumber = target.descriptor.withNumber { $0 }
    let replacement = try kernel.loadProgram(
      ProgramLoad(
        type: .freplace, instructions: [Instruction.move(.r0, 2), .exit].encoded(), attachTypeID: typeID,
        attachObject: targetNumber, btf: btf.withNumber { $0 },
        functionInfo: .init(bytes: bytes(UInt32(0)) + bytes(types.ids[0]), recordSize: 8))
    ).takeDescriptor()
    do {
      let link = try kernel.createReplacementLink(replacement, target: nil, subject: "decide")
      #expect(try answer(target) == 2)
      let otherID = try other.typeID(ofFunction: "decide")
      let elsewhere = try kernel.createReplacementLink(
        replacement, target: (other.descriptor.withNumber { $0 }, otherID), subject: "decide")
      #expect(try answer(other) == 2)
      #expect(try kernel.linkInfo(link).type == .tracing)
      #expect(try kernel.linkInfo(elsewhere).type == .tracing)
    }
    #expect(try answer(target) == 1)
    #expect(try answer(other) == 1)
  }
}
