import Testing

@testable import BTF

/// Types as C.
@Suite struct CPrinterTests {
  let sample: SampleTypes
  let graph: TypeGraph

  init() throws {
    sample = try SampleTypes()
    graph = try TypeGraph(bytes: sample.blob)
  }

  @Test func definesStructs() throws {
    #expect(
      try graph.cDefinition(of: sample.node) == """
        struct node {
        \tstruct node *next;
        \tchar name[16];
        \tunion {
        \t\tlong long unsigned int raw;
        \t\tstruct {
        \t\t\tint x;
        \t\t\tint y;
        \t\t};
        \t};
        \tchar __attribute__((btf_type_tag("user"))) * const text;
        \tunsigned int matrix[2][3];
        \tstruct flags flags;
        \tenum color color;
        \tdouble weight;
        \t_Bool valid;
        \tenum big wide;
        \tvolatile int parts;
        \tlong: 64;
        };
        """)
    #expect(
      try graph.cDefinition(of: sample.flags) == """
        struct flags {
        \tunsigned int low: 3;
        \tint high: 5;
        \tshort: 0;
        \tchar rest;
        };
        """)
  }

  @Test func definesOthers() throws {
    #expect(
      try graph.cDefinition(of: sample.big)
        == "enum big {\n\tLOWEST = -9223372036854775808LL,\n\tMINUS_ONE = -1LL,\n\tHUGE = 1099511627776LL,\n};")
    #expect(
      try graph.cDefinition(of: sample.color) == "enum color {\n\tRED = 0,\n\tGREEN = 1,\n\tBLUE = 4294967295,\n};")
    #expect(try graph.cDefinition(of: sample.alias) == "typedef volatile const struct node node_t;")
    #expect(try graph.cDefinition(of: sample.handler) == "int handle_node(struct node *node, unsigned int flags, ...);")
  }

  /// Each row: the type around `int`, outermost first, and its declaration of `x` and without a name.
  @Test(arguments: [
    ("p", "int *x", "int *"), ("pp", "int **x", "int **"), ("a3", "int x[3]", "int[3]"),
    ("a2a3", "int x[2][3]", "int[2][3]"), ("pa3", "int (*x)[3]", "int(*)[3]"), ("a3p", "int *x[3]", "int *[3]"),
    ("pf", "int (*x)(long int)", "int (*)(long int)"), ("a2pf", "int (*x[2])(long int)", "int (*[2])(long int)"),
    ("pfpf", "int (* (*x)(long int))(long int)", "int (* (*)(long int))(long int)"),
    ("cp", "int * const x", "int * const"), ("pc", "const int *x", "const int *"),
    ("cpc", "const int * const x", "const int * const"), ("ca3", "int x[3]", "int[3]"),
    ("a3c", "const int x[3]", "const int[3]"), ("pfp", "int * (*x)(long int)", "int * (*)(long int)"),
    ("pv", "volatile int *x", "volatile int *"), ("rp", "int * restrict x", "int * restrict"),
  ])
  func declarators(shape: String, named: String, bare: String) throws {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let long = try builder.addInteger(named: "long int", size: 8, isSigned: true)
    var id = int
    for letter in shape.reversed() {
      switch letter {
      case "p": id = try builder.addPointer(to: id)
      case "c": id = try builder.addConst(id)
      case "v": id = try builder.addVolatile(id)
      case "r": id = try builder.addRestrict(id)
      case "f": id = try builder.addFunctionPrototype(returning: id, parameters: [.init("", long)])
      case "2", "3": id = try builder.addArray(of: id, count: letter == "2" ? 2 : 3, indexedBy: int)
      default: break
      }
    }
    let graph = try TypeGraph(bytes: try builder.build())
    #expect(try graph.declaration(of: id, named: "x") == named)
    #expect(try graph.cName(of: id) == bare)
  }

  /// Each row: size, members as type width and place in bits (with a bit-field's size), and the padding that is due.
  @Test(
    arguments: [
      (16, [(32, 0, nil), (64, 64, nil)], ["int a;", "long b;"]),
      (24, [(32, 0, nil), (64, 128, nil)], ["int a;", "long: 64;", "long b;"]),
      (16, [(32, 0, nil), (32, 64, nil)], ["int a;", "long: 0;", "int b;", "long: 0;"]),
      (4, [(32, 0, 3), (32, 8, 4)], ["int a: 3;", "char: 5;", "int b: 4;"]),
      (8, [(8, 0, nil), (8, 24, nil)], ["char a;", "short: 0;", "char: 8;", "char b;", "long: 0;"]),
      (5, [(8, 0, nil), (32, 8, nil)], ["char a;", "int b;"]),
    ] as [(Int, [(Int, Int, Int?)], [String])])
  func padding(size: Int, members: [(Int, Int, Int?)], lines: [String]) throws {
    var builder = TypeGraphBuilder()
    let types = [
      8: try builder.addInteger(named: "char", size: 1), 32: try builder.addInteger(named: "int", size: 4),
      64: try builder.addInteger(named: "long", size: 8),
    ]
    var name = "a"
    let parts = members.map { (width, offset, bits) in
      defer { name = "b" }
      return TypeGraphBuilder.Member(name, types[width] ?? .void, bitOffset: offset, bitFieldSize: bits)
    }
    let id = try builder.addStructure(named: "s", size: size, members: parts)
    let graph = try TypeGraph(bytes: try builder.build())
    let text = try graph.cDefinition(of: id)
    #expect(text.split(separator: "\n").dropFirst().dropLast().map { String($0.dropFirst()) } == lines)
    #expect(text.hasSuffix("__attribute__((packed));") == (size == 5))
  }

  @Test func recursionEnds() throws {
    // A pointer to a signature that takes that pointer.
    let endless = try TypeGraph(bytes: blob(types: [0, 2 << 24, 2, 0, 13 << 24 | 2, 0, 0, 1, 0, 1]))
    #expect(throws: BTFError(.chainTooDeep(TypeID(1)))) { try endless.cName(of: TypeID(1)) }
    #expect(
      throws: BTFError(.unexpectedKind(sample.handler, found: .function, expected: "a type that can be declared"))
    ) {
      try graph.cName(of: sample.handler)
    }
  }
}
