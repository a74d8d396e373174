import BPF
import TestObjects
import Testing

@Suite struct EmbeddedObjectTests {
  @Test func theBytesAreThoseOfTheFile() throws {
    // "Man", "Ma" and "M" are the examples of RFC 4648: a whole group, and what is left of one.
    #expect(EmbeddedObject(name: "x", base64: "TWFu").bytes == Array("Man".utf8))
    #expect(EmbeddedObject(name: "x", base64: "TW\nE=").bytes == Array("Ma".utf8))
    #expect(EmbeddedObject(name: "x", base64: "TQ==").bytes == Array("M".utf8))
    #expect(EmbeddedObject(name: "x", base64: "").bytes == [])
    for (text, encoded) in [("Man", "TWFu"), ("Ma", "TWE="), ("M", "TQ=="), ("", "")] {
      #expect(EmbeddedObject.base64(Array(text.utf8)) == encoded)
    }
    #expect(EmbeddedObject.base64([0xff, 0xef, 0xbe]) == "/+++")
  }

  @Test func variablesAreSetByTheirTypes() throws {
    var spec = try ObjectSpec(path: TestObject("run_events").path)
    #expect(spec[variable: "factor", as: UInt32.self] == 1)
    spec[variable: "factor", as: UInt32.self] = 9
    #expect(spec[variable: "factor", as: UInt32.self] == 9)
    #expect(spec[variable: "factor", as: UInt64.self] == nil)
    #expect(spec[variable: "nothing", as: UInt32.self] == nil)
  }
}
