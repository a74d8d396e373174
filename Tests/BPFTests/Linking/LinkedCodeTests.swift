import BPF
import BTF
import Bytecode
import TestObjects
import Testing

@Suite struct LinkedCodeTests {
  private func object() throws -> ObjectSpec { try ObjectSpec(path: TestObject("object_functions").path) }

  @Test func functionsAndTheirReferences() throws {
    let object = try object()
    #expect(
      object.functions.map(\.name) == [
        "shared", "unseen", "replaceable", "unused", "each", "twice", "beside", "first", "second", "third",
      ])
    #expect(
      object.functions.map(\.linkage) == [
        .global, .global, .weak, .global, .static, .static, .static, .global, .global, .global,
      ])
    #expect(object.functions.filter(\.isHidden).map(\.name) == ["unseen"])
    #expect(object.programs.map(\.name) == ["first", "second", "third"])
    func targets(_ name: String) -> [CodeReference.Target]? {
      object.functions.first { $0.name == name }?.references.map(\.target)
    }
    #expect(targets("first") == [.map("values"), .functionAddress("each"), .function("shared"), .function("beside")])
    #expect(targets("each") == [.function("twice"), .mapValue(map: "object_f.bss", offset: 0)])
    #expect(targets("unseen") == [.function("shared")])
    #expect(targets("third") == [])
    let types = try #require(object.types)
    for function in object.functions {
      let type = try #require(function.typeID)
      #expect(types.name(of: type) == function.name)
      #expect(types.kind(of: type) == .function)
    }
    // The verifier checks hidden functions with their callers: for it they are static.
    guard case .function(let unseen)? = try object.functions.first(where: \.isHidden)?.typeID.map(types.type) else {
      Issue.record("no function")
      return
    }
    #expect(unseen.linkage == .static)
  }

  @Test func everyReachableFunctionOnce() throws {
    let object = try object()
    let code = try object.linked(object.programs[0])
    #expect(code.functions.first?.name == "first")
    #expect(Set(code.functions.map(\.name)) == ["first", "each", "twice", "shared", "beside"])
    #expect(code.functions.count == 5)
    #expect(code.references.map(\.target).filter { $0 == .map("values") }.count == 1)
    let ends = code.functions.dropFirst().map(\.offset) + [code.instructions.count]
    for (function, end) in zip(code.functions, ends) {
      let spec = try #require(object.functions.first { $0.name == function.name })
      #expect(end - function.offset == spec.instructions.count)
      #expect(
        code.lines.filter { (function.offset * 8..<end * 8).contains($0.instructionOffset) }.count == spec.lines.count)
      #expect(code.lines.contains { $0.instructionOffset == function.offset * 8 })
    }
    try code.instructions.validate()
  }

  /// Calls and addresses lead to the first slots of the functions that they name.
  @Test func callsLeadToTheirFunctions() throws {
    let object = try object()
    for program in object.programs {
      let code = try object.linked(program)
      let starts = Dictionary(uniqueKeysWithValues: code.functions.map { ($0.offset, $0.name) })
      for function in code.functions {
        let spec = try #require(object.functions.first { $0.name == function.name })
        for reference in spec.references {
          let place = function.offset + reference.instruction
          switch reference.target {
          case .function(let name), .functionAddress(let name):
            let target = try #require(code.instructions[place].target(from: place))
            #expect(starts[target] == name)
          default: #expect(code.references.contains { $0.instruction == place && $0.target == reference.target })
          }
        }
      }
    }
    #expect(try object.linked(object.programs[2]).functions.map(\.name) == ["third"])
  }

  @Test func missingFunction() throws {
    var object = try object()
    object.functions.removeAll { $0.name == "twice" }
    let error = #expect(throws: ObjectError.self) { try object.linked(object.programs[1]) }
    #expect(error?.symbol == "second")
    #expect(error?.reason == .missing("the function 'twice' that it calls"))
  }
}
