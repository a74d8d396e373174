import BTF
import Bytecode
import ELF
import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

/// Programs of a compiled object, relocated for the running kernel and run there.
@Suite(
  .enabled(if: access("/sys/kernel/btf/vmlinux", R_OK) == 0, "this kernel has no BTF"),
  .enabled(if: geteuid() == 0, "loading programs needs CAP_BPF"))
struct RelocatedCodeTests {
  let types: TypeGraph
  let kernel: CORETarget
  /// The programs in the order of their sections.
  let programs: [LinkedCode]

  init() throws {
    let file = try ELFFile(ByteRegion(try TestObject("relocated_reads").bytes()))
    func contents(_ name: String) throws -> [UInt8] {
      let section = try #require(file.section(named: name))
      return try file.contents(of: section).withUnsafeBytes { Array($0) }
    }
    let types = try TypeGraph(bytes: try contents(".BTF"))
    let extra = try BTFExtension(bytes: try contents(".BTF.ext"), types: types)
    programs = try extra.functions.map { part in
      LinkedCode(
        instructions: try [Instruction](decoding: try contents(part.name)),
        functions: part.records.map {
          .init(offset: $0.instructionOffset / 8, name: types.name(of: $0.type), typeID: $0.type)
        },
        lines: extra.lines.first { $0.name == part.name }?.records ?? [],
        relocations: extra.relocations.first { $0.name == part.name }?.records ?? [])
    }
    self.types = types
    let mapping = try MappedFile("/sys/kernel/btf/vmlinux")
    kernel = CORETarget(name: "vmlinux", types: try TypeGraph(bytes: mapping.bytes, owner: mapping))
  }

  private func relocated() throws -> [String: RelocatedCode] {
    var resolver = COREResolver(local: types, kernel: kernel)
    let relocated = try resolver.relocate(programs, of: types)
    return Dictionary(uniqueKeysWithValues: relocated.map { ($0.code.functions.first?.name ?? "", $0) })
  }

  private func spec(_ program: RelocatedCode) -> ProgramSpec {
    ProgramSpec(
      name: "relocated", type: .rawTracepoint, code: Assembly(instructions: program.code.instructions, relocations: []))
  }

  @Test(.enabled(if: runs(5, 10), "raw tracepoints run on demand from 5.10 on"))
  func programsReadTheKernelsFields() throws {
    let programs = try relocated()
    func run(_ name: String) throws -> UInt32 {
      try Program(spec(try #require(programs[name]))).run().returnValue
    }
    #expect(try run("own_group") == UInt32(getpid()))
    let name = [UInt8](try FileSystem.open("/proc/thread-self/comm").readToEnd(subject: "comm"))
    #expect(try run("own_name") == UInt32(name[1]))
    #expect(try run("own_bits") == 10)
    #expect(try run("guarded") == 42)
    #expect(try run("program_type") == ProgramType.rawTracepoint.rawValue)
  }

  @Test func whatTheKernelLacksIsPoisoned() throws {
    let programs = try relocated()
    let guarded = try #require(programs["guarded"])
    let unguarded = try #require(programs["unguarded"])
    #expect(guarded.poisoned.count == 1 && programs["own_group"]?.poisoned == [])
    let poison = try #require(unguarded.poisoned.first)
    #expect(poison.path == "struct task_struct___gone.no_such_field")
    #expect(poison.function == "unguarded" && poison.reason == .missing && poison.kind == "byte_off")
    // The compiler counts the constant to the line before its use.
    #expect(poison.place?.text.contains("struct task_struct___gone *task") == true)
    #expect(poison.place?.file.hasSuffix("relocated_reads.bpf.c") == true)
    #expect(
      poison.description.hasPrefix(
        """
        the kernel has no struct task_struct___gone.no_such_field (CO-RE relocation <byte_off> in function 'unguarded'
        """))
    let error = #expect(throws: BPFError.self) { _ = try Program(spec(unguarded)) }
    guard case .programRefused(let refusal) = error else {
      Issue.record("not refused by the verifier: \(String(describing: error))")
      return
    }
    #expect(refusal.instruction == poison.instruction)
    #expect(refusal.cause == .poisonedRelocation)
  }

  @Test func anErrorNamesFunctionAndLine() throws {
    var wrong = programs
    let place = try #require(wrong.firstIndex { $0.functions.first?.name == "own_group" })
    let relocation = try #require(wrong[place].relocations.first)
    wrong[place].instructions[relocation.instructionOffset / 8].immediate = 7
    var resolver = COREResolver(local: types, kernel: kernel)
    let error = #expect(throws: RelocationError.self) { try resolver.relocate(wrong, of: types) }
    #expect(error?.function == "own_group" && error?.path == "struct task_struct___shifted.group_leader")
    #expect(error?.reason == .unexpectedValue(found: 7, expected: 24))
    #expect(error?.place?.text.contains("struct task_struct___shifted *task") == true)
  }
}
