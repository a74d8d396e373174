import BPF
import BTF
import KernelInterface
import TestObjects
import Testing

@Suite struct RecordTypeSearchTests {
  private func names(_ definitions: [String] = [], chosen: [String: String] = [:]) throws -> [String: String] {
    let object = try TestObject("run_record_types", .init(definitions: definitions))
    let spec = try ObjectSpec(path: object.path)
    let search = try RecordTypeSearch(spec, chosen: chosen)
    var names: [String: String] = [:]
    for map in spec.maps where map.type == .ringBuffer {
      names[map.name] = search.type(of: map).flatMap { spec.types?.name(of: $0) }
    }
    return names
  }

  @Test func aStructIsCalledLikeTheMap() throws {
    // "strays" has nothing of its own; the only struct with "event" in its name is no context.
    #expect(try names() == ["opens": "open_event", "closings": "open_event", "strays": "open_event"])
  }

  @Test func aPointerBearsTheNameOfTheMap() throws {
    #expect(
      try names(["POINTER_OF_THAT_NAME"]) == ["opens": "open_event", "closings": "closed", "strays": "open_event"])
  }

  @Test func theOnlyPointerKeepsTheType() throws {
    #expect(try names(["ONE_POINTER"]) == ["opens": "open_event", "closings": "closed", "strays": "closed"])
  }

  @Test func theUserHasTheLastWord() throws {
    let chosen = ["opens": "other", "strays": "closed"]
    #expect(try names(chosen: chosen) == ["opens": "other", "closings": "open_event", "strays": "closed"])
    #expect(throws: RecordTypeError.unknownMap("open", all: ["opens", "closings", "strays"])) {
      try names(chosen: ["open": "other"])
    }
    #expect(throws: RecordTypeError.unknownStruct("othre", nearest: ["other"])) {
      try names(chosen: ["opens": "othre"])
    }
  }

  @Test func theDefinitionOfTheMapSaysTheType() throws {
    let spec = try ObjectSpec(path: TestObject("run_events").path)
    let search = try RecordTypeSearch(spec, chosen: [:])
    let types = spec.maps.filter(\.type.holdsRecords).map { search.type(of: $0).flatMap { spec.types?.name(of: $0) } }
    #expect(types == ["executed", "remark"])
  }
}
