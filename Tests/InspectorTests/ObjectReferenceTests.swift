import Testing

@testable import Inspector

@Suite struct ObjectReferenceTests {
  private func reference(_ text: String) throws(InspectorError) -> ObjectReference {
    var words = text.split(separator: " ").map(String.init)[...]
    return try ObjectReference(takingFrom: &words, allowing: ObjectReference.Kind.allCases)
  }

  @Test(arguments: [
    ("id 42", ObjectReference.id(42)), ("i 0x2a", .id(42)), ("id 052", .id(42)), ("id 0", .id(0)),
    ("tag 3b185187f1855c4c", .tag([0x3b, 0x18, 0x51, 0x87, 0xf1, 0x85, 0x5c, 0x4c])), ("name x", .name("x")),
    ("pin /sys/fs/bpf/x", .pinned("/sys/fs/bpf/x")),
  ])
  func reads(_ text: String, _ expected: ObjectReference) throws { #expect(try reference(text) == expected) }

  @Test(arguments: [
    ("", "expected 'id', 'tag', 'name' or 'pinned'"), ("foo 1", "expected 'id', 'tag', 'name' or 'pinned', got: 'foo'"),
    ("id", "'id' needs an argument"), ("id x", "can't parse x as ID"),
    ("id 4294967296", "can't parse 4294967296 as ID"),
    ("id 08", "can't parse 08 as ID"), ("id 0x", "can't parse 0x as ID"), ("id -1", "can't parse -1 as ID"),
    ("tag 3b", "can't parse tag '3b': 16 hexadecimal digits are expected"),
  ])
  func refuses(_ text: String, _ message: String) {
    #expect(throws: InspectorError.usage(message)) { try reference(text) }
  }
}
