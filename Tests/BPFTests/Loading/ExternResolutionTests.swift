import BTF
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite struct ExternResolutionTests {
  private func spec() throws -> ObjectSpec { try ObjectSpec(path: TestObject("load_externs").path) }

  /// Syscall programs run since 5.14; calls of kernel functions before 6.12 only in some kinds of programs.
  @Test(.enabled(if: runs(6, 12)), .enabled(if: KernelConfiguration.isReadable, KernelConfiguration.unreadable))
  func resolvesConfigurationSymbolsAndFunctions() throws {
    let object = try BPFObject(spec())
    // A kernel function finds the task of this number.
    let run = TestRun(context: bytes(UInt32(CurrentProcess.id)))
    #expect(try object.program(named: "read_all").run(run).returnValue == 3)
    let configuration = try KernelConfiguration()
    let version = try KernelVersion.running(LiveKernel())
    #expect(
      try object.value(ofVariable: "version", as: Int32.self)
        == Int32(version.major << 16 + version.minor << 8 + min(version.patch, 255)))
    guard case .number(let hertz, _) = configuration["CONFIG_HZ"] else {
      Issue.record("no CONFIG_HZ")
      return
    }
    #expect(try object.value(ofVariable: "hertz", as: Int32.self) == Int32(hertz))
    #expect(try object.bytes(ofVariable: "has_syscall") == [1])
    #expect(try object.bytes(ofVariable: "is_missing_set") == [0])
    #expect(try object.bytes(ofVariable: "has_wrapper") == [1])
    #expect(try object.value(ofVariable: "bpf_tristate", as: Int32.self) == 1)
    #expect(try object.bytes(ofVariable: "net") == [UInt8(ascii: "y")])
    guard case .text(let compiler) = configuration["CONFIG_CC_VERSION_TEXT"] else {
      Issue.record("no CONFIG_CC_VERSION_TEXT")
      return
    }
    #expect(try object.bytes(ofVariable: "compiler") == Array(compiler.prefix(11)) + [0])
    let line = try FileSystem.text(of: "/proc/kallsyms").split(separator: "\n").first { $0.hasSuffix(" bpf_prog_put") }
    let address = try #require(line.flatMap { UInt64($0.prefix(16), radix: 16) })
    #expect(try object.value(ofVariable: "symbol_address", as: UInt64.self) == address)
    #expect(try object.value(ofVariable: "missing_address", as: UInt64.self) == 0)
    #expect(try object.value(ofVariable: "kernel_function_worked", as: Int32.self) == 1)
  }

  @Test(.enabled(if: KernelConfiguration.isReadable, KernelConfiguration.unreadable))
  func namesWhatIsMissing() throws {
    var symbols = try spec()
    let missing = try #require(symbols.externs.firstIndex { $0.name == "there_is_no_such_symbol" })
    symbols.externs[missing].isWeak = false
    #expect(
      throws: LoadError.missingExtern(
        "there_is_no_such_symbol", .kernelVariable, expected: "a symbol of /proc/kallsyms")
    ) { try BPFObject(symbols) }
    var options = try spec()
    let option = try #require(options.externs.firstIndex { $0.name == "CONFIG_THERE_IS_NO_SUCH_OPTION" })
    options.externs[option].isWeak = false
    #expect(
      throws: LoadError.missingExtern(
        "CONFIG_THERE_IS_NO_SUCH_OPTION", .configuration, expected: "an option that the kernel was built with")
    ) { try BPFObject(options) }
    var functions = try spec()
    let function = try #require(functions.externs.firstIndex { $0.name == "there_is_no_such_function" })
    functions.externs[function].isWeak = false
    #expect(
      throws: LoadError.missingExtern(
        "there_is_no_such_function", .kernelFunction, expected: "a function of the kernel's types")
    ) { try BPFObject(functions) }
  }

  @Test(.enabled(if: KernelConfiguration.isReadable, KernelConfiguration.unreadable))
  func givenOptionsTakePrecedence() throws {
    let spec = try spec()
    let map = try #require(spec.configurationMap)
    func contents(_ text: String) throws -> [UInt8] {
      try ConfigurationValues(
        spec: spec, kernel: LiveKernel(), kernelTypes: KernelTypes(), features: KernelFeatures(LiveKernel()),
        extraConfiguration: Array(text.utf8)
      ).contents(size: map.valueSize)
    }
    let hertz = try #require(spec.externs.first { $0.name == "CONFIG_HZ" })
    let changed = try contents("CONFIG_HZ=-5\nCONFIG_BPF_SYSCALL=n\n")
    #expect(Array(changed[hertz.offset..<(hertz.offset + 4)]) == bytes(-5 as Int32))
    #expect(throws: LoadError.badConfigurationValue("CONFIG_HZ", "3000000000 does not fit in 4 bytes")) {
      try contents("CONFIG_HZ=3000000000\n")
    }
    #expect(throws: LoadError.self) { try contents("CONFIG_HZ=y\n") }
    #expect(throws: LoadError.self) { try contents("CONFIG_BPF_SYSCALL=m\n") }
  }

  @Test(arguments: [("a___b", "a"), ("a____b", "a____b"), ("___a", "___a"), ("a___b___c", "a___b"), ("a", "a")])
  func stripsFlavors(name: String, essential: String) {
    #expect(name.essentialName == essential)
  }
}
