import TestObjects
import Testing

@testable import BTF

/// The relocations that clang writes, resolved for the running kernel: what they come to is what its BTF says.
@Suite(
  .enabled(if: Kernel.hasBTF, "this kernel has no BTF"), .enabled(if: Kernel.hasClang, "clang is not installed"))
struct KernelRelocationTests {
  let types: TypeGraph
  let kernel: TypeGraph
  let relocations: [CORERelocation]

  init() throws {
    let sections = try BTFExtensionTests.Sections(TestObject("relocations"))
    types = sections.types
    kernel = try Kernel.graph.get()
    relocations = try BTFExtension(bytes: sections.bytes, types: sections.types).relocations.flatMap(\.records)
  }

  /// What each relocation of that kind and path comes to.
  private func values(_ kind: CORERelocationKind, _ path: String) throws -> Set<Int?> {
    var resolver = COREResolver(local: types, kernel: CORETarget(name: "vmlinux", types: kernel))
    let found = try resolver.resolve(relocations).filter { $0.relocation.kind == kind && $0.path == path }
    #expect(!found.isEmpty, "no relocation <\(kind.name)> of \(path)")
    return Set(
      found.map { resolution in
        guard case .value(let value) = resolution.outcome else { return nil }
        return Int(Int64(bitPattern: value))
      })
  }

  private func member(_ path: String, of structure: String) throws -> Member {
    try kernel.member(path: path, of: try #require(kernel.id(named: structure, kind: .structure)))
  }

  @Test func fields() throws {
    let task = "struct task_struct___local"
    #expect(try values(.fieldByteOffset, "\(task).pid") == [member("pid", of: "task_struct").byteOffset])
    #expect(try values(.fieldByteOffset, "\(task).mm") == [member("mm", of: "task_struct").byteOffset])
    #expect(
      try values(.fieldByteOffset, "struct mm_struct.task_size") == [member("task_size", of: "mm_struct").byteOffset])
    #expect(try values(.fieldByteOffset, "\(task).comm[3]") == [member("comm[3]", of: "task_struct").byteOffset])
    #expect(try values(.fieldByteSize, "\(task).comm") == [16])
    #expect(try values(.fieldExists, "\(task).se.vruntime") == [1])
    #expect(try values(.fieldIsSigned, "\(task).pid") == [1])
    #expect(try values(.fieldIsSigned, "\(task).se.vruntime") == [0])
    #expect(try values(.fieldExists, "struct task_struct___gone.no_such_field") == [0])
    #expect(try values(.fieldByteOffset, "struct task_struct___gone.no_such_field") == [nil])
    let protocolField = try member("protocol", of: "sk_buff")
    #expect(try values(.fieldByteOffset, "struct sk_buff.protocol") == [protocolField.byteOffset])
  }

  @Test func bitFields() throws {
    let path = "struct task_struct___local.in_execve"
    let place = try #require(try kernel.bits(of: try member("in_execve", of: "task_struct")))
    #expect(place.count == 1)
    let offset = try #require(try values(.fieldByteOffset, path).first ?? nil)
    let size = try #require(try values(.fieldByteSize, path).first ?? nil)
    #expect(offset % size == 0 && (offset * 8..<(offset + size) * 8).contains(place.offset))
    #expect(try values(.fieldLeftShift, path) == [64 - (place.offset - offset * 8 + 1)])
    #expect(try values(.fieldRightShift, path) == [63])
  }

  @Test func typesAndEnumerators() throws {
    let task = "struct task_struct___local"
    let id = try #require(kernel.id(named: "task_struct", kind: .structure))
    let local = try #require(types.id(named: "task_struct___local", kind: .structure))
    #expect(try values(.localTypeID, task) == [Int(local.rawValue)])
    #expect(try values(.targetTypeID, task) == [Int(id.rawValue)])
    #expect(try values(.typeSize, task) == [try kernel.size(of: id)])
    #expect(try values(.typeExists, task) == [1])
    #expect(try values(.typeExists, "struct no_such_type") == [0])
    #expect(try values(.typeSize, "struct no_such_type") == [0])
    #expect(try values(.typeMatches, "struct list_head") == [1])
    #expect(try values(.typeMatches, "struct list_head___wrong") == [0])
    #expect(try values(.typeExists, "typedef pid_t") == [1])
    #expect(try values(.typeExists, "typedef no_such_typedef") == [0])
    let type = "enum bpf_map_type___local::"
    #expect(try values(.enumeratorExists, type + "BPF_MAP_TYPE_ARRAY___local") == [1])
    #expect(try values(.enumeratorValue, type + "BPF_MAP_TYPE_ARRAY___local") == [2])
    #expect(try values(.enumeratorExists, type + "BPF_MAP_TYPE_MISSING___local") == [0])
  }
}
