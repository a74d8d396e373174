import Testing

@testable import BTF

/// C type text and what it means in a graph.
@Suite struct CTypeNameTests {
  @Test(arguments: [
    ("struct task_struct *", "struct task_struct *"), ("unsigned long", "long unsigned int"),
    ("long unsigned", "long unsigned int"), ("umode_t", "umode_t"), ("const char *", "const char *"),
    ("char const*", "const char *"), ("__u8[16]", "__u8[16]"), ("int [2] [0x3]", "int[2][3]"),
    ("char *[4]", "char *[4]"), ("unsigned", "unsigned int"), ("short", "short int"),
    ("unsigned long long int", "long long unsigned int"), ("signed char", "signed char"),
    ("void **", "void **"), ("const char __user *const *", "const char **"), ("enum pid_type", "enum pid_type"),
    ("unsigned __int128", "__int128 unsigned"), ("u64[]", "u64[]"), ("long double", "long double"),
  ])
  func parses(text: String, canonical: String) throws {
    let name = try CTypeName(text)
    #expect(name.description == canonical)
    // The canonical text is a type name of the same meaning.
    #expect(try CTypeName(canonical).description == canonical)
  }

  @Test(arguments: [
    "", "*", "[3]", "struct", "struct *", "int)", "int (*)(void)", "unsigned signed int", "long long long", "int[x]",
    "int[", "int[-1]", "short char", "3d", "a b c", "struct union x", "unsigned float",
  ])
  func refuses(text: String) { #expect(throws: BTFError(.badTypeName(text))) { try CTypeName(text) } }

  @Test(arguments: [
    ("unsigned char dest[6]", "unsigned char[6]", "dest"), ("struct file * file", "struct file *", "file"),
    ("const char * filename", "const char *", "filename"), ("u32 type", "u32", "type"),
    ("unsigned short common_type", "short unsigned int", "common_type"), ("unsigned flags", "unsigned int", "flags"),
    ("char comm[16]", "char[16]", "comm"),
  ])
  func declarations(text: String, type: String, name: String) throws {
    let declaration = try CDeclaration(text)
    #expect(declaration.type.description == type && declaration.name == name)
  }

  @Test func tellsItsParts() throws {
    let name = try CTypeName("const volatile struct node __user *[2][3]")
    #expect(name.tag == .structure && name.base == "node" && name.qualifiers == [.const, .volatile])
    #expect(name.pointerTags == .user && name.pointerDepth == 1 && name.arrayCounts == [2, 3])
    #expect(name.derivations == [.pointer, .array(3), .array(2)])
    #expect(try CTypeName("unsigned long").integerLayout(pointerSize: 8) == CInteger(size: 8, isSigned: false))
    let bool = try CTypeName("bool").integerLayout(pointerSize: 8)
    #expect(bool == CInteger(size: 1, isSigned: false, isBoolean: true))
    #expect(try CTypeName("struct u32").integerLayout(pointerSize: 8) == nil)
  }

  @Test func resolves() throws {
    let sample = try SampleTypes()
    let graph = try TypeGraph(bytes: sample.blob)
    #expect(graph.id(of: try CTypeName("struct node *")) == sample.node)
    #expect(graph.id(of: try CTypeName("node_t")) == sample.alias)
    #expect(graph.id(of: try CTypeName("signed")) == sample.int)
    #expect(graph.id(of: try CTypeName("enum big")) == sample.big)
    #expect(graph.id(of: try CTypeName("node")) == nil)
    #expect(graph.id(of: try CTypeName("union node")) == nil)
    #expect(graph.id(of: try CTypeName("void")) == .void)
    #expect(graph.id(of: try CTypeName("struct hidden")).map { graph.kind(of: $0) } == .forward)
    #expect(try graph.size(of: CTypeName("struct node[2]")) == 224)
    #expect(try graph.size(of: CTypeName("struct nobody *[3]")) == 24)
    #expect(try graph.size(of: CTypeName("__u16[5]")) == 10)
    #expect(throws: BTFError(.badTypeName("struct nobody"))) { try graph.size(of: CTypeName("struct nobody")) }
  }
}
