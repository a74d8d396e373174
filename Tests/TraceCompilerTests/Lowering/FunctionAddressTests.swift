import Bytecode
import Diagnostics
import Testing
import TraceLanguage

@testable import TraceCompiler

/// Where programs find `func`.
@Suite struct FunctionAddressTests {
  private func programs(_ text: String, helper: Bool, userHelper: Bool = true) throws -> [CompiledProgram] {
    var target = RecordedTarget()
    target.features.hasFunctionAddress = helper
    target.features.hasUserFunctionAddress = helper && userHelper
    let source = SourceText(name: "stdin", text)
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    let compilation = ScriptCompiler(target: target).compile(script, source: source)
    let told = DiagnosticRenderer([source]).render(compilation.diagnostics)
    return try #require(compilation.script?.programs, "\(told)")
  }

  private func asksHelper(_ program: CompiledProgram) -> Bool {
    program.code.instructions.contains(.call(.getFuncIp))
  }

  /// Whether the instruction pointer of `struct pt_regs` is read.
  private func readsPointer(_ program: CompiledProgram) -> Bool {
    program.code.instructions.contains {
      $0.instructionClass == .loadRegister && $0.opcode & 0x18 == AccessSize.doubleWord.rawValue && $0.offset == 128
    }
  }

  @Test func newKernelsHaveAHelper() throws {
    for probe in ["kprobe", "kretprobe", "fentry", "fexit"] {
      let program = try #require(try programs("\(probe):vfs_read { @[func] = count(); }", helper: true).first)
      #expect(asksHelper(program) && !readsPointer(program), "\(probe)")
    }
    // They are one program, for the helper knows which of them it is.
    #expect(try programs("kprobe:vfs_read, kretprobe:vfs_read { @[func] = count(); }", helper: true).count == 1)
  }

  @Test func olderOnesHaveTheInstructionPointer() throws {
    let program = try #require(try programs("kprobe:vfs_read { @[func] = count(); }", helper: false).first)
    #expect(readsPointer(program) && !asksHelper(program))
    // Kernel addresses are 32-bit numbers with their sign.
    let constant = Int32(bitPattern: 0x8110_0000)
    for probe in ["kretprobe", "fentry", "fexit"] {
      let program = try #require(try programs("\(probe):vfs_read { @[func] = count(); }", helper: false).first)
      #expect(!readsPointer(program) && !asksHelper(program), "\(probe)")
      #expect(
        program.code.instructions.contains { $0.immediate == constant }, "\(probe): \(program.code.instructions)")
    }
    #expect(try programs("kprobe:vfs_read, kretprobe:vfs_read { @[func] = count(); }", helper: false).count == 2)
  }

  @Test func userFunctionsAlwaysHaveIt() throws {
    for helper in [false, true] {
      let program = try #require(try programs("uprobe:/bin/x:main { @[func] = count(); }", helper: helper).first)
      #expect(readsPointer(program) && !asksHelper(program))
    }
    let program = try #require(try programs("uretprobe:/bin/x:main { @[func] = count(); }", helper: true).first)
    #expect(asksHelper(program))
  }
}
