import BPF
import BPFBuild
import BTF
import LinuxSystem
import Testing

@testable import BPFBindings

/// The Swift types of bindings, compiled and asked where their members lie, against what the object's BTF says.
@Suite struct LayoutTests {
  @Test(arguments: ["shapes.bpf.c", "shapes.bpf.swift"])
  func membersLieWhereTheKernelHasThem(_ name: String) throws {
    let folder = String(#filePath.dropLast("LayoutTests.swift".utf8.count)) + "Shapes/"
    let spec = try ObjectSpec(bytes: Build(sources: [folder + name]).object(), name: "shapes")
    let graph = try #require(spec.types)
    var structures = SwiftStructures(of: graph)
    var questions = ""
    var expected: [String] = []
    for type in try Self.types(of: spec) {
      let resolved = try graph.resolve(type)
      guard let swift = try structures.typeName(of: type), let composite = try Self.composite(resolved, graph) else {
        continue
      }
      questions += "print(\"\(swift)\", MemoryLayout<\(swift)>.size, MemoryLayout<\(swift)>.stride)\n"
      expected.append("\(swift) \(composite.size) \(composite.size)")
      for member in try Self.members(of: composite, graph) {
        questions += "mark(\"\(swift).\(member.name)\", \\\(swift).\(SwiftSpelling.identifier(member.name)))\n"
        var bytes = [UInt8](repeating: 0, count: composite.size)
        for bit in member.bits { bytes[bit / 8] |= 1 << UInt8(bit % 8) }
        expected.append("\(swift).\(member.name) \(bytes)")
      }
    }
    // All shapes are there.
    #expect(expected.count > 20, "\(expected)")
    let answers = try Self.run(structures.text + structures.functions + Self.mark + questions)
    #expect(answers == expected)
  }

  /// The types of keys, values, variables and records, each once.
  private static func types(of spec: ObjectSpec) throws -> [TypeID] {
    let search = try RecordTypeSearch(spec)
    var types: [TypeID] = []
    for map in spec.maps {
      types += [map.keyTypeID, map.valueTypeID].compactMap { $0 } + map.variables.compactMap(\.typeID)
      if map.type.holdsRecords { types.append(try #require(search.type(of: map), "records of \(map.name)")) }
    }
    let graph = try #require(spec.types)
    var seen: Set<TypeID> = []
    return try types.filter { type in
      guard let composite = try composite(type, graph) else { return false }
      return seen.insert(composite.id).inserted
    }
  }

  private static func composite(_ id: TypeID, _ graph: TypeGraph) throws -> CompositeType? {
    switch try graph.resolvedType(id) {
    case .structure(let composite), .union(let composite): composite
    default: nil
    }
  }

  private struct Place {
    var name: String
    var bits: Range<Int>
  }

  /// The members that have names, with those of structs and unions without names; a `Bool` has one bit that may be set.
  private static func members(of composite: CompositeType, _ graph: TypeGraph, at start: Int = 0) throws -> [Place] {
    try composite.members.flatMap { member -> [Place] in
      let first = start + member.bitOffset
      if member.isAnonymous {
        return try Self.composite(member.type, graph).map { try members(of: $0, graph, at: first) } ?? []
      }
      var count = try member.bitFieldSize ?? graph.size(of: member.type) * 8
      if case .integer(let integer) = try graph.resolvedType(member.type), integer.isBoolean { count = 1 }
      return [Place(name: member.name, bits: first..<(first + count))]
    }
  }

  /// Prints the bytes of a value of which one member has all its bits set.
  private static let mark = """

    func mark<Whole, Part>(_ name: String, _ path: WritableKeyPath<Whole, Part>) {
      let whole = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<Whole>.size, alignment: 16)
      let part = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<Part>.size, alignment: 16)
      for index in 0..<MemoryLayout<Whole>.size { whole.storeBytes(of: 0, toByteOffset: index, as: UInt8.self) }
      let mark: UInt8 = Part.self == Bool.self ? 1 : 0xff
      for index in 0..<MemoryLayout<Part>.size { part.storeBytes(of: mark, toByteOffset: index, as: UInt8.self) }
      whole.assumingMemoryBound(to: Whole.self).pointee[keyPath: path] = part.load(as: Part.self)
      print(name, Array(UnsafeRawBufferPointer(start: whole, count: MemoryLayout<Whole>.size)))
    }

    """

  /// The lines that a program prints.
  private static func run(_ source: String) throws -> [String] {
    let folder = "/tmp/BPFBindingsTests.\(CurrentProcess.id).\(UInt32.random(in: 0...UInt32.max))"
    try FileSystem.makeFolder(folder)
    let (file, program) = ("\(folder)/main.swift", "\(folder)/main")
    defer {
      try? FileSystem.remove(file)
      try? FileSystem.remove(program)
      try? FileSystem.removeFolder(folder)
    }
    try FileSystem.write(Array(source.utf8), to: file)
    let compiler = try ExecutableSearch.locate("swiftc")
    let compiled = try CommandRun([compiler, "-swift-version", "6", file, "-o", program]).outcome()
    let errors = String(decoding: compiled.errors, as: UTF8.self)
    #expect(compiled.isSuccess && errors.isEmpty, "\(errors)")
    let outcome = try CommandRun([program]).outcome()
    return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
