import Glibc
import Testing

@testable import BTF

/// Whole headers.
@Suite struct CDumpTests {
  private func dump(_ builder: TypeGraphBuilder) throws -> String {
    let graph = try TypeGraph(bytes: try builder.build())
    var dump = CDump(of: graph)
    for id in graph.ids { try dump.define(id) }
    return dump.takeText()
  }

  @Test func definesWhatIsEmbeddedFirst() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let outer = builder.nextID.rawValue
    // Ids: outer, inner, the pointer, the typedef of it.
    try builder.addStructure(
      named: "outer", size: 16,
      members: [.init("inner", TypeID(outer + 1), bitOffset: 0), .init("next", TypeID(outer + 3), bitOffset: 64)])
    try builder.addStructure(named: "inner", size: 4, members: [.init("a", int, bitOffset: 0)])
    let pointer = try builder.addPointer(to: TypeID(outer))
    try builder.addTypedef(named: "outer_p", for: pointer)
    #expect(
      try dump(builder) == """
        struct inner {
        \tint a;
        };

        struct outer;

        typedef struct outer *outer_p;

        struct outer {
        \tstruct inner inner;
        \touter_p next;
        };


        """)
  }

  @Test func numbersSecondTypesOfOneName() throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    try builder.addStructure(named: "s", size: 4, members: [.init("a", int, bitOffset: 0)])
    let second = try builder.addStructure(named: "s", size: 4, members: [.init("b", int, bitOffset: 0)])
    try builder.addTypedef(named: "t", for: second)
    try builder.addEnumeration(named: "", values: [("t", 1)])
    #expect(
      try dump(builder) == """
        struct s {
        \tint a;
        };

        struct s___2 {
        \tint b;
        };

        typedef struct s___2 t;

        enum {
        \tt___2 = 1,
        };


        """)
  }

  @Test func refusesStructsThatContainThemselves() throws {
    let graph = try TypeGraph(bytes: blob(types: [1, 4 << 24 | 1, 4, 1, 1, 0], strings: [0, 0x61, 0]))
    var dump = CDump(of: graph)
    #expect(throws: BTFError(.recursiveType(TypeID(1)))) { try dump.define(TypeID(1)) }
  }

  /// A C compiler must find every member of the kernel's structs where the BTF says it is.
  @Test(.enabled(if: Kernel.hasBTF && Kernel.hasClang, "needs the kernel's BTF and clang"))
  func compilesToTheKernelsLayout() throws {
    let graph = try Kernel.graph.get()
    var dump = CDump(of: graph)
    for id in graph.ids { try dump.define(id) }
    var header = dump.takeText()
    var assertions = 0
    for id in graph.ids where [.structure, .union].contains(graph.kind(of: id)) {
      let composite = try graph.composite(id)
      let tags: [BTFKind?] = [.structure, .union, .enumeration, .enumeration64]
      guard !composite.name.isEmpty,
        graph.ids(named: composite.name).count(where: { tags.contains(graph.kind(of: $0)) }) == 1
      else { continue }
      let name = (composite.isUnion ? "union " : "struct ") + composite.name
      header += "_Static_assert(sizeof(\(name)) == \(composite.size), \"\(name)\");\n"
      for member in composite.members where !member.isAnonymous && member.bitFieldSize == nil {
        header += "_Static_assert(__builtin_offsetof(\(name), \(member.name)) == \(member.byteOffset), \"\(name)\");\n"
        assertions += 1
      }
    }
    #expect(assertions > 10_000)
    let compiler = try #require(popen("clang -x c -std=gnu11 -w -fsyntax-only -", "w"))
    header.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, compiler) }
    #expect(pclose(compiler) == 0)
  }
}
