import BPF
import KernelTesting
import LinuxSystem
import Testing

@testable import BPFBuild

/// Functions of the kernel that programs in Swift call.
@Suite struct KernelFunctionTests {
  private static func build(_ source: String) throws -> ObjectSpec {
    let folder = try ScratchFolder()
    try FileSystem.write(Array(source.utf8), to: "\(folder.path)/a.bpf.swift")
    return try ObjectSpec(bytes: Build(sources: ["\(folder.path)/a.bpf.swift"]).object(), name: "a")
  }

  /// A reference is taken and given back; what is not there is known to be so; a walk over numbers ends in time.
  @Test(.needs(linux: 6, 4, for: "the kernel's iterator of numbers"))
  func areCalled() throws {
    let path = String(#filePath.dropLast("KernelFunctionTests.swift".utf8.count)) + "Programs/functions.bpf.swift"
    var spec = try ObjectSpec(bytes: Build(sources: [path]).object(), name: "functions")
    try spec.setVariable("wanted", to: CurrentProcess.id)
    let object = try BPFObject(spec)
    #expect(object.typesRefusal == nil)
    let link = try object.program(named: "show").attachIterator()
    defer { link.close() }
    #expect(try link.text() == "process \(CurrentProcess.id)\n0 1\nsum 45\n")
  }

  /// A function that must be there and is not keeps the program from being loaded, by its name.
  @Test func thatAreMissingAreTold() throws {
    let spec = try Self.build(
      """
      import BPFKernel
      let task = KernelFunction("struct task_struct *there_is_no_such_function(s32 pid)")
      @section("tp_btf/sched_switch")
      func switched(_ context: FunctionContext) { task(1 as Int32) }
      """)
    do {
      _ = try BPFObject(spec)
      Issue.record("the program was loaded")
    } catch LoadError.missingExtern(let name, _, _) {
      #expect(name == "there_is_no_such_function")
    }
  }

  /// One of another type than the program declares is none.
  @Test(.needs(linux: 6, 2, for: "bpf_task_from_pid"))
  func ofOtherTypesAreTold() throws {
    let spec = try Self.build(
      """
      import BPFKernel
      let task = KernelFunction("int bpf_task_from_pid(s32 pid)")
      @section("tp_btf/sched_switch")
      func switched(_ context: FunctionContext) { task(1 as Int32) }
      """)
    do {
      _ = try BPFObject(spec)
      Issue.record("the program was loaded")
    } catch LoadError.incompatibleExtern(let name, _) {
      #expect(name == "bpf_task_from_pid")
    }
  }

  @Test(arguments: [
    ("void stop(void)", "stop", 0), ("struct task_struct *f(const struct cgroup **a, u64, unsigned long n__k)", "f", 3),
    ("extern unsigned int g(enum pid_type type);", "g", 1), ("void *memory(void *p, size_t p__sz)", "memory", 2),
  ])
  func declarationsAreRead(_ text: String, _ name: String, _ count: Int) throws {
    let declaration = try CDeclaration(text)
    #expect(declaration.name == name)
    #expect(declaration.parameters.count == count)
  }

  @Test(arguments: [
    ("", "lacks a type"), ("int", "has no name"), ("int f", "has no parameters in parentheses"),
    ("int f(int", "has no closing parenthesis"), ("int f(void a)", "has a parameter of type void"),
    ("int f(int a) x", "goes on with 'x'"), ("int f(int,int,int,int,int,int)", "takes more than five arguments"),
    ("int *f g(void)", "has 'g' behind the name 'f'"),
  ])
  func otherTextIsRefused(_ text: String, _ reason: String) {
    #expect(throws: CDeclaration.Malformed.self) { try CDeclaration(text) }
    do throws(CDeclaration.Malformed) { _ = try CDeclaration(text) } catch { #expect(error.description == reason) }
  }
}
