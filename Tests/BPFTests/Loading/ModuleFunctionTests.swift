import BTF
import KernelInterface
import TestObjects
import Testing

@testable import BPF

@Suite struct ModuleFunctionTests {
  private static let isThere = (try? KernelTypes().find("bpf_xdp_ct_lookup", [.function])) != nil

  /// Connection tracking is a module on some kernels (`Scripts/matrix` loads it), and built in on others.
  @Test(
    .enabled(if: ModuleFunctionTests.isThere, "this kernel has no kfunc bpf_xdp_ct_lookup, or its module is not loaded")
  )
  func callsThem() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_module_functions").path))
    let program = try object.program(named: "look_up")
    // XDP_PASS: nothing is known of a connection that was never made.
    #expect(try program.run(TestRun(data: [UInt8](repeating: 0, count: 64))).returnValue == 2)
    #expect(try object.value(ofVariable: "error", as: Int32.self) == -2)
  }

  @Test(
    .enabled(if: ModuleFunctionTests.isThere, "this kernel has no kfunc bpf_xdp_ct_lookup, or its module is not loaded")
  )
  func probesThem() {
    #expect(KernelFeatures.running.has(.kernelFunction("bpf_xdp_ct_lookup")))
    #expect(KernelFeatures.running.has(.kernelFunction("bpf_ct_release")))
    #expect(!KernelFeatures.running.has(.kernelFunction("bpf_there_is_no_such_function")))
  }

  /// A module's types number on from the kernel's, whose types they name.
  @Test(.enabled(if: !KernelTypes().moduleNames().isEmpty, "no module with types is loaded"))
  func modulesHaveTypesOfTheirOwn() throws {
    let types = KernelTypes()
    let own = try types.own()
    for name in types.moduleNames() {
      let module = try types.module(name)
      #expect(module.count > own.count, "\(name)")
      // Every type of it can be read, and what it refers to is there.
      try module.validate()
      // A function of the module is not the kernel's of the same name and another type.
      let shared = module.ownIDs.first { id in
        module.kind(of: id) == .function && own.id(named: module.name(of: id), kind: .function) != nil
      }
      if let shared {
        let found = try types.find(module.name(of: shared), [.function], module: name)
        #expect(found.map { Int($0.id.rawValue) >= own.count } == true, "\(name): \(module.name(of: shared))")
      }
    }
  }
}
