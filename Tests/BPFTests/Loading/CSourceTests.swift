import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

@Suite struct CSourceTests {
  static let text = """
    #include <linux/bpf.h>
    #include <bpf/bpf_helpers.h>
    int answer = 41;
    SEC("raw_tp/sys_enter")
    int run(void *context) { return ++answer; }
    char LICENSE[] SEC("license") = "GPL";
    """

  @Test func loadsFromText() throws {
    var source = CSource(Self.text, name: "it's \"mine\".bpf.c")
    source.level = "v2"
    let object = try BPFObject(source: source)
    #expect(object.spec.name == "it's \"mine\"")
    #expect(try object.program(named: "run").run().returnValue == 42)
  }

  @Test func saysWhereTheCompilerStumbles() throws {
    let source = CSource("int one;\n  int two = three;\n#warning careful\n", name: "broken.bpf.c")
    do throws(CompilationError) {
      _ = try ObjectSpec(source: source)
      Issue.record("it was compiled")
    } catch {
      guard case .refused(let messages, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(messages.map(\.line).sorted() == [2, 3])
      #expect(
        error.description == "broken.bpf.c:2:13: error: use of undeclared identifier 'three'")
      #expect(messages.contains { $0.severity == .warning && $0.line == 3 })
    }
  }

  @Test func saysWhenThereIsNoCompiler() {
    var source = CSource(Self.text)
    source.compiler = "/there/is/no/clang"
    #expect(
      throws: CompilationError.noCompiler(
        SystemCallError(call: "stat", subject: "/there/is/no/clang", errno: .noSuchFileOrDirectory))
    ) { try source.compiled() }
    source.compiler = "true"
    #expect(throws: CompilationError.self) { try source.compiled() }
  }
}
