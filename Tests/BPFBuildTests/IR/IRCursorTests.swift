import Testing

@testable import BPFBuild

@Suite struct IRCursorTests {
  @Test(arguments: [
    ("i32 5", "i32"), ("ptr %0", "ptr"), ("%T4progV, ptr", "%T4progV"), ("%\"a b\" x", "%\"a b\""),
    ("{ i64, i1 } %5", "{ i64, i1 }"), ("<{ i64, [3 x i8] }> zero", "<{ i64, [3 x i8] }>"), ("[4 x %T] c", "[4 x %T]"),
    ("ptr addrspace(1) %x", "ptr addrspace(1)"), ("<4 x i32> %v", "<4 x i32>"),
  ])
  func types(_ text: String, _ expected: String) {
    var cursor = IRCursor(text)
    #expect(cursor.type() == expected)
  }

  @Test(arguments: ["nsw i32", "inbounds ptr", "5", ""])
  func wordsAreNoTypes(_ text: String) {
    var cursor = IRCursor(text)
    #expect(cursor.type() == nil)
    #expect(cursor.remaining == text)
  }

  @Test func listsKeepBracketsAndQuotesTogether() {
    #expect(
      IRCursor.list("i32 1, { i64, i1 } { i64 0, i1 false }, c\"a, b\", getelementptr (i8, ptr @x, i64 4)")
        == ["i32 1", "{ i64, i1 } { i64 0, i1 false }", "c\"a, b\"", "getelementptr (i8, ptr @x, i64 4)"])
    #expect(IRCursor.list("") == [])
  }

  @Test func callsAreTakenApart() throws {
    let text = "tail call fastcc noundef zeroext i1 @\"$e1a\"(i32 noundef range(i32 0, 9) 1, ptr align 8 %x) #4"
    let call = try #require(IRCall(IRInstruction(text)))
    #expect(call.type == "i1")
    #expect(call.symbol == "$e1a")
    #expect(call.arguments.map(\.value) == ["1", "%x"])
    #expect(call.arguments.map(\.attributes) == [["noundef", "range(i32 0, 9)"], ["align 8"]])
    #expect(call.suffix == " #4")
    let variadic = try #require(IRCall(IRInstruction("call i32 (ptr, ...) @printf(ptr @s, i32 1)")))
    #expect(variadic.text == "call i32 (ptr, ...) @printf(ptr @s, i32 1)")
    #expect(IRCall(IRInstruction("call void asm sideeffect \"\", \"n\"(i32 0)")) == nil)
    #expect(IRCall(IRInstruction("br label %1")) == nil)
  }

  @Test func symbolsAreRenamedWhereTheyAreNamed() {
    #expect(
      IRSymbol.renamed("call @\"$e1a\"(ptr @b, ptr @bb, c\"@b\")", ["$e1a": "a", "b": "x"])
        == "call @a(ptr @x, ptr @bb, c\"@b\")")
  }

  @Test func attachmentsAreTakenOffTheEnd() throws {
    let instruction = try #require(IRInstruction(line: "  %5 = load i64, ptr %a, align 8, !dbg !12, !tbaa !3"))
    #expect(instruction.result == "%5")
    #expect(instruction.text == "load i64, ptr %a, align 8")
    #expect(instruction.attachments.map(\.kind) == ["dbg", "tbaa"])
    #expect(instruction.location == .read(12))
    #expect(IRInstruction(line: "    #dbg_value(ptr %0, !1, !DIExpression(), !2)") == nil)
    #expect(IRInstruction(line: "12:                      ; preds = %entry")?.isLabel == true)
  }
}
