import Testing

@testable import ProbeCatalog

@Suite struct TracepointFormatTests {
  static let openat = """
    name: sys_enter_openat
    ID: 782
    format:
    \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
    \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
    \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
    \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

    \tfield:int __syscall_nr;\toffset:8;\tsize:4;\tsigned:1;
    \tfield:const char * filename;\toffset:24;\tsize:8;\tsigned:0;
    \tfield:umode_t mode;\toffset:40;\tsize:8;\tsigned:0;

    print fmt: "filename: 0x%08lx", ((unsigned long)(REC->filename))

    """

  @Test func readsASystemCall() throws {
    let format = try TracepointFormat(parsing: Self.openat)
    #expect(format.name == "sys_enter_openat")
    #expect(format.id == 782)
    #expect(format.commonFields.map(\.name) == ["common_type", "common_flags", "common_preempt_count", "common_pid"])
    #expect(format.fields.map(\.name) == ["__syscall_nr", "filename", "mode"])
    let filename = try #require(format.field(named: "filename"))
    #expect(filename.type == "const char *")
    #expect(filename.offset == 24)
    #expect(filename.size == 8)
    #expect(!filename.isSigned)
    #expect(filename.elementCount == nil)
    #expect(format.fields[0].isSigned)
    #expect(format.size == 48)
    #expect(format.printFormat == "\"filename: 0x%08lx\", ((unsigned long)(REC->filename))")
    #expect(format.field(named: "common_pid") == nil)
  }

  @Test(
    arguments: [
      ("__data_loc char[] filename", "filename", "char", .variable, .fromRecordStart),
      ("__rel_loc u64[] values", "values", "u64", .variable, .fromFieldEnd),
      ("char comm[16]", "comm", "char", .fixed(16), .inRecord),
      ("unsigned long args[]", "args", "unsigned long", .variable, .inRecord),
      ("u8 mac[ETH_ALEN]", "mac", "u8", .variable, .inRecord),
      ("struct task_struct *task", "task", "struct task_struct *", nil, .inRecord),
      (
        "__data_loc unsigned int[] lengths", "lengths", "unsigned int", .variable, .fromRecordStart
      ),
    ] as [(String, String, String, TracepointFormat.ElementCount?, TracepointFormat.Location)])
  func readsDeclarations(
    declaration: String, name: String, type: String, count: TracepointFormat.ElementCount?,
    location: TracepointFormat.Location
  ) throws {
    let text = "name: x\nID: 1\nformat:\n\tfield:\(declaration);\toffset:8;\tsize:4;\tsigned:0;\n"
    let field = try #require(try TracepointFormat(parsing: text).fields.first)
    #expect(field.name == name)
    #expect(field.type == type)
    #expect(field.elementCount == count)
    #expect(field.location == location)
    #expect(field.declaration == declaration)
  }

  @Test(
    arguments: [
      ("", 0, TracepointFormatError.Cause.missing("name:")),
      ("name: x\n", 0, TracepointFormatError.Cause.missing("ID:")),
      ("name: x\nID: many\n", 2, .badNumber("many")),
      ("name: x\nID: 1\n\tfield:int a;\toffset:99999999;\tsize:4;\n", 3, .badNumber("99999999")),
      ("name: x\nID: 1\n\tfield:int a;\tsize:4;\n", 3, .badField("int a;\tsize:4;")),
      ("name: x\nID: 1\n\tfield:int;\toffset:8;\tsize:4;\n", 3, .badField("int")),
    ] as [(String, Int, TracepointFormatError.Cause)])
  func refusesBadFiles(text: String, line: Int, cause: TracepointFormatError.Cause) {
    #expect(throws: TracepointFormatError(line: line, cause: cause)) { try TracepointFormat(parsing: text) }
  }
}
