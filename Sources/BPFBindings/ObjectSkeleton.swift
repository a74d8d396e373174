public import BPF
internal import BTF
internal import KernelInterface

/// C source with which a program uses an object by way of libbpf: what `bpftool gen skeleton` writes.
///
///     let header = try ObjectSkeleton(of: spec, named: "counter").text(embedding: bytes)
///
/// What it declares, for `counter`: the struct `counter` with its maps, programs, links and the variables of its data
/// sections; `counter__open`, `counter__open_opts`, `counter__load`, `counter__open_and_load`, `counter__attach`,
/// `counter__detach`, `counter__destroy` and `counter__elf_bytes`; for C++ the same as members. Structs that variables
/// are of are not declared: the header in which the object's own source has them comes first.
///
/// The text is for libbpf 1.0 and later.
public struct ObjectSkeleton {
  private let spec: ObjectSpec
  private let name: String

  /// A skeleton whose struct is called `name`.
  public init(of spec: ObjectSpec, named name: String) {
    self.spec = spec
    self.name = name
  }

  /// `counter.bpf.o` in some folder as `counter_bpf`: how the struct is called that is given no name.
  public static func name(ofFile path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return identifier(file.hasSuffix(".o") ? String(file.dropLast(2)) : String(file))
  }

  /// The header of an object whose file has these bytes.
  ///
  /// - Throws: ``ObjectBindingsError/types(_:)`` when the object's types are malformed.
  public func text(embedding bytes: [UInt8]) throws(ObjectBindingsError) -> String {
    do throws(BTFError) {
      var text = opening("SKEL", "struct bpf_object_skeleton *skeleton;\n\tstruct bpf_object *obj;\n")
      text += try members()
      text += filled(Self.whole)
      for map in spec.maps where map.structOperations != nil {
        // The struct that can be changed comes with libbpf 1.5; before it there is none.
        let member = Self.mapName(of: map)
        text += "\tobj->struct_ops.\(member) = (__typeof__(obj->struct_ops.\(member)))\n"
        text += "\t\tbpf_map__initial_value(obj->maps.\(member), NULL);\n"
      }
      text += filled(Self.opened)
      text += tables(ofWhole: true)
      text += filled(Self.middle)
      text += Self.literal(bytes)
      text += filled(Self.end)
      return text + assertions() + "#endif\n"
    } catch { throw .types(error) }
  }

  /// The header of a library's object, which is linked into others (`bpftool gen subskeleton`).
  ///
  /// - Throws: ``ObjectBindingsError/types(_:)`` when the object's types are malformed.
  public func partText() throws(ObjectBindingsError) -> String {
    do throws(BTFError) {
      var text = opening("SUBSKEL", "struct bpf_object *obj;\n\tstruct bpf_object_subskeleton *subskel;\n")
      text += list("bpf_map", mapNames, "maps") + list("bpf_program", programNames, "progs")
      var variables = ""
      var count = 0
      for map in sections {
        text += "\tstruct \(name)__\(Self.sectionName(of: map)) {\n"
        for (variable, type) in Self.exposed(map) {
          text += "\t\t\(try pointer(to: type, named: Self.identifier(variable.name)));\n"
          variables += "\ts->vars[\(count)].name = \"\(variable.name)\";\n"
          variables += "\ts->vars[\(count)].map = &obj->maps.\(Self.mapName(of: map));\n"
          let place = "\(Self.sectionName(of: map)).\(Self.identifier(variable.name))"
          variables += "\ts->vars[\(count)].addr = (void **)&obj->\(place);\n"
          count += 1
        }
        text += "\t} \(Self.sectionName(of: map));\n"
      }
      text += filled(Self.part)
      if count > 0 { text += table("var", "vars", count) + variables }
      return text + tables(ofWhole: false) + filled(Self.partEnd)
    } catch { throw .types(error) }
  }

  // MARK: - Names

  private static func identifier(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "_" })
  }

  /// What a map is called in the skeleton; those of data sections by the section.
  private static func mapName(of map: MapSpec) -> String {
    guard let section = map.dataSection, map.type != .arena else { return identifier(map.name) }
    return identifier(String(section.drop { $0 == "." }))
  }

  /// What a data section's variables are called together.
  private static func sectionName(of map: MapSpec) -> String { map.type == .arena ? "arena" : mapName(of: map) }

  private var mapNames: [String] { spec.maps.map(Self.mapName) }
  private var programNames: [String] { spec.programs.map { Self.identifier($0.name) } }

  /// The maps whose variables can be seen from outside.
  private var sections: [MapSpec] {
    spec.maps.filter { map in
      map.dataSection != nil && !Self.exposed(map).isEmpty
        && (map.type == .arena || map.dataSection == ".kconfig" || map.flags.contains(.mappable))
    }
  }

  private static func exposed(_ map: MapSpec) -> [(variable: VariableSpec, type: TypeID)] {
    map.variables.compactMap { variable in
      guard !variable.isStatic, let type = variable.typeID else { return nil }
      return (variable, type)
    }
  }

  // MARK: - Parts

  /// A text with the struct's name where it has a dollar sign.
  private func filled(_ text: String) -> String {
    text.split(separator: "$", omittingEmptySubsequences: false).joined(separator: name)
  }

  private func opening(_ kind: String, _ first: String) -> String {
    let guardName = "__\(name.uppercased())_\(kind)_H__"
    return """
      /* Made from the object '\(spec.name)' by bpf gen; changes here are lost. */
      #ifndef \(guardName)
      #define \(guardName)

      #include <errno.h>
      #include <stdlib.h>
      #include <bpf/libbpf.h>

      #define BPF_SKEL_SUPPORTS_MAP_AUTO_ATTACH 1

      struct \(name) {
      \t\(first)
      """
  }

  private func list(_ type: String, _ names: [String], _ member: String) -> String {
    if names.isEmpty { return "" }
    return "\tstruct {\n" + names.map { "\t\tstruct \(type) *\($0);\n" }.joined() + "\t} \(member);\n"
  }

  private func members() throws(BTFError) -> String {
    let operations = spec.maps.filter { $0.structOperations != nil }
    var text = list("bpf_map", mapNames, "maps")
    if !operations.isEmpty {
      text += "\tstruct {\n"
      for map in operations { text += try shadow(of: map) }
      text += "\t} struct_ops;\n"
    }
    text += list("bpf_program", programNames, "progs")
    text += list("bpf_link", programNames + operations.map(Self.mapName), "links")
    for map in sections { text += try section(map) }
    return text
  }

  /// The variables of a data section as a struct.
  private func section(_ map: MapSpec) throws(BTFError) -> String {
    guard let types = spec.types else { return "" }
    let section = Self.sectionName(of: map)
    var text = "\tstruct \(name)__\(section) {\n"
    var end = 0
    for (index, (variable, type)) in Self.exposed(map).enumerated() where variable.offset >= end {
      // A machine of 32 bits aligns its numbers by four bytes at most, so what lies between is always written out.
      let alignment = min(4, max(1, try types.alignment(of: type)))
      if (end + alignment - 1) / alignment * alignment != variable.offset {
        text += "\t\tchar __pad\(index)[\(variable.offset - end)];\n"
      }
      let declaration = try types.declaration(
        of: type, named: Self.identifier(variable.name), level: 2, dropsQualifiers: true)
      text += "\t\t\(declaration);\n"
      end = variable.offset + variable.size
    }
    return text + "\t} *\(section);\n"
  }

  /// A struct of operations as it can be changed before it is loaded: numbers, and programs in place of functions.
  private func shadow(of map: MapSpec) throws(BTFError) -> String {
    guard let types = spec.types, let operations = map.structOperations else { return "" }
    let type = operations.typeID
    let structure = try types.composite(type)
    var text = "\t\tstruct \(name)__\(Self.mapName(of: map))__\(Self.identifier(structure.name)) {\n"
    var end = 0
    for (index, member) in structure.members.enumerated() where member.byteOffset >= end {
      if member.byteOffset > end { text += "\t\t\tchar __padding_\(index)[\(member.byteOffset - end)];\n" }
      let size = try types.size(of: member.type)
      switch try types.resolvedType(member.type) {
      case .integer, .float, .enumeration:
        text += "\t\t\t\(try types.declaration(of: types.resolve(member.type), named: member.name, level: 3));\n"
      case .pointer(let target) where try types.kind(of: types.resolve(target)) == .functionPrototype:
        text += "\t\t\tstruct bpf_program *\(member.name);\n"
      default: text += "\t\t\tchar __unsupported_\(index)[\(size)];\n"
      }
      end = member.byteOffset + size
    }
    if end < structure.size { text += "\t\t\tchar __padding_end[\(structure.size - end)];\n" }
    return text + "\t\t} *\(Self.mapName(of: map));\n"
  }

  private func pointer(to type: TypeID, named name: String) throws(BTFError) -> String {
    guard let types = spec.types else { return "" }
    switch try types.resolvedType(type) {
    case .array, .pointer:
      return "__typeof__(\(try types.declaration(of: type, named: "", level: 2, dropsQualifiers: true))) *\(name)"
    default: return try types.declaration(of: type, named: "*\(name)", level: 2, dropsQualifiers: true)
    }
  }

  /// Statements that make an array of the skeleton's.
  private func table(_ kind: String, _ member: String, _ count: Int) -> String {
    let type = "struct bpf_\(kind)_skeleton"
    return """

      \ts->\(kind)_cnt = \(count);
      \ts->\(kind)_skel_sz = sizeof(*s->\(member));
      \ts->\(member) = (\(type) *)calloc(\(count), sizeof(*s->\(member)));
      \tif (!s->\(member))
      \t\tgoto err;

      """
  }

  private func tables(ofWhole isWhole: Bool) -> String {
    var text = spec.maps.isEmpty ? "" : table("map", "maps", spec.maps.count)
    for (index, map) in spec.maps.enumerated() {
      let name = Self.mapName(of: map)
      // libbpf finds the maps of data sections by the section's name.
      let sought = map.type == .arena ? map.name : map.dataSection ?? map.name
      text += "\ts->maps[\(index)].name = \"\(sought)\";\n\ts->maps[\(index)].map = &obj->maps.\(name);\n"
      guard isWhole else { continue }
      if sections.contains(where: { $0.name == map.name }) {
        text += "\ts->maps[\(index)].mmaped = (void **)&obj->\(Self.sectionName(of: map));\n"
      }
      if map.structOperations != nil {
        // The member came with libbpf 1.5.
        text += "#if LIBBPF_MAJOR_VERSION > 1 || (LIBBPF_MAJOR_VERSION == 1 && LIBBPF_MINOR_VERSION >= 5)\n"
        text += "\ts->maps[\(index)].link = &obj->links.\(name);\n#endif\n"
      }
    }
    if !programNames.isEmpty { text += table("prog", "progs", programNames.count) }
    for (index, program) in spec.programs.enumerated() {
      let name = Self.identifier(program.name)
      text += "\ts->progs[\(index)].name = \"\(program.name)\";\n\ts->progs[\(index)].prog = &obj->progs.\(name);\n"
      if isWhole { text += "\ts->progs[\(index)].link = &obj->links.\(name);\n" }
    }
    return text
  }

  private func assertions() -> String {
    var text = filled(
      "\n__attribute__((unused)) static void\n$__assert(struct $ *s __attribute__((unused)))\n{\n"
        + "#ifdef __cplusplus\n#define _Static_assert static_assert\n#endif\n")
    for map in sections {
      for (variable, _) in Self.exposed(map) {
        let member = "\(Self.sectionName(of: map))->\(Self.identifier(variable.name))"
        text += "\t_Static_assert(sizeof(s->\(member)) == \(variable.size), "
        text += "\"unexpected size of '\(variable.name)'\");\n"
      }
    }
    return text + "#ifdef __cplusplus\n#undef _Static_assert\n#endif\n}\n\n"
  }

  /// The bytes as the inside of a string of C, whose lines end with a backslash.
  private static func literal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 4 + bytes.count / 10)
    for (index, byte) in bytes.enumerated() {
      if index % 20 == 0, index > 0 { text += [UInt8(ascii: "\\"), UInt8(ascii: "\n")] }
      text += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
