import Glibc
import KernelInterface
import Testing

@testable import BTF

/// What the builder writes, as the kernel sees it.
@Suite(.enabled(if: geteuid() == 0, "loading BTF needs CAP_BPF"))
struct KernelLoadTests {
  @Test func takesEveryKindOfType() throws {
    let sample = try SampleTypes()
    do {
      let loaded = try LiveKernel().loadBTF(sample.blob)
      #expect(try LiveKernel().btfInfo(loaded).size == sample.blob.count)
    } catch let refusal as BTFRefusal {
      Issue.record("\(refusal.error): \(String(decoding: refusal.log, as: UTF8.self))")
    }
  }

  /// The types of a program with a callback and of a map with a struct as its value.
  @Test func takesFunctionsAndMapTypes() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let u64 = try builder.addInteger(named: "unsigned long long", size: 8)
    let context = try builder.addPointer(to: .void)
    let proto = try builder.addFunctionPrototype(returning: int, parameters: [.init("ctx", context)])
    let main = try builder.addFunction(named: "main_prog", prototype: proto, linkage: .global)
    try builder.addFunction(
      named: "each",
      prototype: try builder.addFunctionPrototype(
        returning: int, parameters: [.init("index", int), .init("ctx", context)]))
    try builder.addStructure(
      named: "value", size: 16, members: [.init("count", u64, bitOffset: 0), .init("sum", u64, bitOffset: 64)])
    let again = try builder.addFunctionPrototype(returning: int, parameters: [.init("ctx", context)])
    #expect(again == proto && main == TypeID(proto.rawValue + 1))
    _ = try LiveKernel().loadBTF(try builder.build())
  }

  @Test func refusesWhatItMust() throws {
    // A struct whose member reaches past its end: well-formed, but no sensible type.
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4)
    try builder.addStructure(named: "s", size: 4, members: [.init("a", int, bitOffset: 64)])
    let blob = try builder.build()
    #expect(throws: BTFRefusal.self) { _ = try LiveKernel().loadBTF(blob) }
  }
}
