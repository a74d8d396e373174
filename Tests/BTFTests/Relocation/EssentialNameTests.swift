import Testing

@testable import BTF

@Suite struct EssentialNameTests {
  @Test(arguments: [
    ("task_struct", "task_struct"), ("task_struct___old", "task_struct"), ("a___b", "a"), ("a___b___c", "a___b"),
    ("___b", "___b"), ("a___", "a___"), ("a____b", "a____b"), ("", ""),
  ])
  func leavesTheFlavorOut(_ name: String, _ essential: String) { #expect(name.essentialName == essential) }

  /// Wherever the underscores lie in a word of eight bytes, and also at the very end of the strings.
  @Test func flavorsAreFoundAtAnyPlace() throws {
    var builder = TypeGraphBuilder()
    var expected: [String: TypeID] = [:]
    for length in 1...24 {
      let name = String(repeating: "n", count: length)
      _ = try builder.addStructure(named: "\(name)_of__two", size: 0, members: [])
      expected[name] = try builder.addStructure(named: "\(name)___x", size: 0, members: [])
    }
    let graph = try TypeGraph(bytes: try builder.build())
    for (name, id) in expected { #expect(graph.ownIDs(essentiallyNamed: name) == [id]) }
    #expect(graph.ownIDs(essentiallyNamed: "nobody").isEmpty)
  }
}
