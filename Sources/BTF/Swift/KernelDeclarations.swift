/// Declarations of the kernel's structs for programs in Swift, with just the fields that are asked for.
///
///     var declarations = KernelDeclarations(of: kernel)
///     try declarations.add("task_struct.tgid")
///     try declarations.add("task_struct.real_parent.tgid")
///     try declarations.text()
///     // extension Kernel {
///     //   struct task_struct {
///     //     var tgid: Int32
///     //     var real_parent: UnsafeMutablePointer<task_struct>?
///     //   }
///     // }
///
/// Where each field lies is looked up when the program is loaded (CO-RE), so the layout of what is written means nothing:
/// fields of anonymous structs and unions stand among the others, and what Swift has no type for is a comment.
public struct KernelDeclarations {
  private struct Selection {
    var name: String
    var isWhole = false
    var fields: Set<String> = []
  }

  private let graph: TypeGraph
  private var selections: [TypeID: Selection] = [:]
  private var order: [TypeID] = []

  /// Nothing yet.
  public init(of graph: TypeGraph) { self.graph = graph }

  /// Whether nothing has been added.
  public var isEmpty: Bool { order.isEmpty }

  /// Adds a struct with all its fields (`task_struct`), or a field by its path, which goes through pointers and arrays too
  /// (`task_struct.real_parent.tgid`).
  ///
  /// - Throws: ``KernelDeclarationError``: what is not there.
  public mutating func add(_ path: String) throws(KernelDeclarationError) {
    let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let name = steps[0].split(separator: " ").last.map(String.init) ?? ""
    guard let found = composite(named: name) else { throw .unknownStruct(name) }
    var current = select(found, named: name)
    guard steps.count > 1 else {
      selections[current]?.isWhole = true
      return
    }
    for (index, step) in steps.enumerated().dropFirst() {
      let owner = selections[current]?.name ?? name
      guard let member = try Self.ask({ () throws(BTFError) in try graph.member(named: step, of: current) }) else {
        let names = try Self.ask { () throws(BTFError) in try graph.memberNames(of: current) }
        throw .unknownField(step, of: owner, fields: names)
      }
      selections[current]?.fields.insert(step)
      let isLast = index == steps.count - 1
      let (inner, isEmbedded) = try Self.ask { () throws(BTFError) in try composite(within: member.type) }
      guard let inner else {
        if isLast { return }
        throw .notAStruct(steps[...index].joined(separator: "."))
      }
      // A pointer alone needs no declaration of what it points to.
      if isLast, !isEmbedded { return }
      current = select(inner, named: self.name(of: inner, member.type) ?? "\(owner)_\(step)")
      if isLast { selections[current]?.isWhole = true }
    }
  }

  /// The declarations, in the order in which they were asked for.
  ///
  /// - Throws: when the types are malformed.
  public func text() throws(BTFError) -> String {
    var text = "extension Kernel {\n"
    for (index, id) in order.enumerated() {
      guard let selection = selections[id] else { continue }
      if index > 0 { text += "\n" }
      text += "  struct \(SwiftSpelling.identifier(selection.name)) {\n"
      try write(graph.composite(id), selection, to: &text, depth: 0)
      text += "  }\n"
    }
    return text + "}\n"
  }

  // MARK: - Finding

  private static func ask<R>(_ question: () throws(BTFError) -> R) throws(KernelDeclarationError) -> R {
    do throws(BTFError) { return try question() } catch { throw .malformed(error) }
  }

  private mutating func select(_ id: TypeID, named name: String) -> TypeID {
    if selections[id] == nil {
      let isTaken = selections.values.contains { $0.name == name }
      selections[id] = Selection(name: isTaken ? "\(name)_\(id)" : name)
      order.append(id)
    }
    return id
  }

  private func composite(named name: String) -> TypeID? {
    for kind in [BTFKind.structure, .union] {
      if let id = graph.id(named: name, kind: kind) { return id }
    }
    guard let typedef = graph.id(named: name, kind: .typedef), let id = try? graph.resolve(typedef),
      (try? graph.composite(id)) != nil
    else { return nil }
    return id
  }

  /// The struct or union in a type, behind arrays and one pointer, and whether it lies in the memory of the type itself.
  private func composite(within type: TypeID) throws(BTFError) -> (TypeID?, isEmbedded: Bool) {
    var id = try graph.resolve(type)
    var isEmbedded = true
    for _ in 0..<8 {
      switch try graph.type(id) {
      case .structure, .union: return (id, isEmbedded)
      case .array(let array): id = try graph.resolve(array.element)
      case .pointer(let target) where isEmbedded:
        isEmbedded = false
        id = try graph.resolve(target)
      case .forward(let forward):
        // The kernel's own types have the definition under the same name.
        return (composite(named: forward.name), isEmbedded)
      default: return (nil, isEmbedded)
      }
    }
    return (nil, isEmbedded)
  }

  /// A struct's own name, or that of the typedef by which a field has it; nil for neither.
  private func name(of id: TypeID, _ type: TypeID) -> String? {
    let name = graph.name(of: id)
    if !name.isEmpty { return name }
    guard case .typedef(let typedef)? = try? graph.type(graph.resolveQualifiers(type)) else { return nil }
    return typedef.name
  }

  // MARK: - Writing

  private func write(
    _ composite: CompositeType, _ selection: Selection, to text: inout String, depth: Int
  ) throws(BTFError) {
    guard depth < TypeGraph.chainLimit else { throw BTFError(.chainTooDeep(composite.id)) }
    for member in composite.members {
      if member.isAnonymous {
        if let inner = try? graph.composite(member.type) { try write(inner, selection, to: &text, depth: depth + 1) }
        continue
      }
      guard selection.isWhole || selection.fields.contains(member.name) else { continue }
      let name = SwiftSpelling.identifier(member.name)
      if let bits = try graph.bits(of: member) {
        text += "    // \(name): a bit-field of \(bits.count) bit\(bits.count == 1 ? "" : "s")\n"
      } else if let type = try swiftType(of: member.type, depth: 0) {
        text += "    var \(name): \(type)\(try remark(on: member.type))\n"
      } else {
        text += "    // \(name): \(try remark(of: member.type))\n"
      }
    }
  }

  /// What Swift's type does not tell of an enum.
  private func remark(on type: TypeID) throws(BTFError) -> String {
    guard case .enumeration(let enumeration) = try graph.resolvedType(type), !enumeration.name.isEmpty else {
      return ""
    }
    return "  // enum \(enumeration.name)"
  }

  /// A type that Swift cannot name, on one line.
  private func remark(of type: TypeID) throws(BTFError) -> String {
    if let id = try composite(within: type).0, let name = name(of: id, type) { return "struct \(name)" }
    return "of a type without a name"
  }

  private func swiftType(of type: TypeID, depth: Int) throws(BTFError) -> String? {
    if let number = try graph.swiftNumber(type) { return number }
    guard depth < 8 else { return nil }
    let id = try graph.resolve(type)
    switch try graph.type(id) {
    case .structure, .union: return selections[id].map { SwiftSpelling.identifier($0.name) }
    case .array(let array):
      // Arrays of no length have no element that Swift could name.
      guard array.count > 0, let element = try swiftType(of: array.element, depth: depth + 1) else { return nil }
      if case .integer(let integer) = try graph.resolvedType(array.element), integer.isCharacter {
        return "Characters<\(array.count)>"
      }
      return "InlineArray<\(array.count), \(element)>"
    case .pointer(let target):
      let pointee = try graph.resolve(target)
      if let selected = selections[pointee] {
        return "UnsafeMutablePointer<\(SwiftSpelling.identifier(selected.name))>?"
      }
      if let number = try graph.swiftNumber(pointee) { return "UnsafeMutablePointer<\(number)>?" }
      return "UnsafeMutableRawPointer?"
    default: return nil
    }
  }
}

/// What is not there to be declared.
public enum KernelDeclarationError: Error, Hashable, Sendable {
  /// The types have no struct of that name.
  case unknownStruct(String)
  /// A struct has no such field.
  case unknownField(String, of: String, fields: [String])
  /// What a path goes on from is no struct and no pointer to one.
  case notAStruct(String)
  /// The types are malformed.
  case malformed(BTFError)
}

extension KernelDeclarationError: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .unknownStruct(let name): "there is no struct '\(name)'"
    case .unknownField(let field, let name, let fields):
      "struct \(name) has no field '\(field)'; it has \(fields.joined(separator: ", "))"
    case .notAStruct(let path): "\(path) is no struct and points to none"
    case .malformed(let error): "\(error)"
    }
  }
}
