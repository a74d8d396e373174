import Testing

@testable import BTF

/// The running kernel's types, compared with what bpftool reads out of the same bytes.
@Suite(.enabled(if: Kernel.hasBTF, "this kernel has no BTF"))
struct KernelGraphTests {
  let graph: TypeGraph

  init() throws { graph = try Kernel.graph.get() }

  @Test func isWellFormed() throws {
    try graph.validate()
    #expect(graph.count > 1000)
  }

  @Test(arguments: ["task_struct", "file", "sock", "sk_buff", "bpf_prog", "pt_regs"])
  func memberOffsets(of name: String) throws {
    let id = try #require(graph.id(named: name, kind: .structure))
    let structure = try graph.composite(id)
    #expect(structure.members.count > 5)
    for member in structure.members where !member.isAnonymous {
      let found = try #require(try graph.member(named: member.name, of: id))
      #expect(found.bitOffset == member.bitOffset && found.type == member.type)
      if let bits = member.bitFieldSize {
        #expect(member.bitOffset + bits <= structure.size * 8)
      } else {
        #expect(member.bitOffset % 8 == 0)
        #expect(try member.byteOffset + graph.size(of: member.type) <= structure.size)
      }
    }
  }

  @Test func functionsByPattern() throws {
    let reads = graph.functions(matching: NamePattern("vfs_read*")).map { graph.name(of: $0) }
    #expect(reads.contains("vfs_read"))
    let read = try #require(try graph.function(named: "vfs_read"))
    guard case .functionPrototype(let proto) = try graph.type(read.prototype) else { throw Unexpected() }
    #expect(proto.parameters.map(\.name) == ["file", "buf", "count", "pos"])
    #expect(graph.ids(of: .typedef, matching: NamePattern("btf_trace_sys_*")).count == 2)
    #expect(graph.enumerator(named: "BPF_MAP_TYPE_RINGBUF")?.value == 27)
  }

  @Test(.enabled(if: Kernel.hasBPFTool, "bpftool is not installed"))
  func rawTextIsThatOfBPFTool() throws {
    var text = ""
    for id in graph.ids { try graph.appendRawText(of: id, to: &text) }
    let other = Kernel.output(of: "/usr/sbin/bpftool btf dump file \(Kernel.path) format raw")
    #expect(text.utf8.count == other.count && text.utf8.elementsEqual(other))
  }
}
