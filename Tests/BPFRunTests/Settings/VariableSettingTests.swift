import BPF
import TestObjects
import Testing

@testable import BPFRun

@Suite struct VariableSettingTests {
  private func spec(after settings: String...) throws -> ObjectSpec {
    var spec = try ObjectSpec(path: TestObject("run_events").path)
    for setting in settings { try spec.apply(VariableSetting(parsing: setting)) }
    return spec
  }

  private func error(_ setting: String) throws -> String? {
    var spec = try ObjectSpec(path: TestObject("run_events").path)
    do throws(SettingError) {
      try spec.apply(VariableSetting(parsing: setting))
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func numbersAreTyped() throws {
    #expect(try spec(after: "factor=0x103").bytes(ofVariable: "factor") == [3, 1, 0, 0])
    #expect(try spec(after: "offset=-2").bytes(ofVariable: "offset") == [0xfe, 0xff, 0xff, 0xff])
    #expect(try spec(after: "total=7").bytes(ofVariable: "total") == [7, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func textNeedsNoQuotationMarks() throws {
    let expected = Array("a \"b\"".utf8) + [UInt8](repeating: 0, count: 11)
    #expect(try spec(after: "wanted=a \"b\"").bytes(ofVariable: "wanted") == expected)
    #expect(try spec(after: #"wanted="a \"b\"""#).bytes(ofVariable: "wanted") == expected)
    #expect(try spec(after: "wanted=long", "wanted=x").bytes(ofVariable: "wanted").prefix(3) == [0x78, 0, 0])
  }

  @Test func membersAndElementsAreSetAlone() throws {
    let spec = try spec(after: "choice={ports: [22, 80], mood: 1}", "choice.mood=HASTY", "choice.ports[2]=0x1234")
    #expect(try spec.bytes(ofVariable: "choice") == [22, 0, 80, 0, 0x34, 0x12, 0, 0, 7, 0, 0, 0])
    #expect(try self.spec(after: "wanted[1]=65").bytes(ofVariable: "wanted").prefix(3) == [0, 65, 0])
  }

  @Test func mistakesNameWhatWasExpected() throws {
    #expect(try error("facter=1")?.hasSuffix("has no variable 'facter'; did you mean 'factor'?") == true)
    #expect(try error("factor=x")?.hasSuffix("__u32: a number expected") == true)
    #expect(try error("factor=4294967296")?.hasSuffix("0 to 4294967295") == true)
    #expect(try error("wanted=seventeen letters")?.contains("it has 16 bytes, and the string 17") == true)
    #expect(try error("choice.port=1")?.contains("'choice.port'") == true)
    #expect(throws: SettingError.malformed("factor")) { try VariableSetting(parsing: "factor") }
    #expect(throws: SettingError.malformed("=1")) { try VariableSetting(parsing: "=1") }
  }
}
