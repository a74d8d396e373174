/// Turns map variables into entries of `.maps`, as the loaders know them.
///
/// In Swift a map is a variable whose first bytes are its `BPFKernel.MapDefinition`; in the object it is a structure of
/// pointers whose types say everything: `int (*type)[1]`, `Key *key`. The types of keys and values are the type parameters
/// of the map. The records of ring and perf buffers have no place in that convention: their type is the element of the
/// `type` array, which loaders read for its length only.
///
/// Convention of `.maps`: libbpf's `bpf_helpers.h` (`__uint`, `__type`).
enum MapDefinitions: RewritingRule {
  /// The numbers of a definition, in the order of `BPFKernel.MapDefinition`.
  private struct Numbers {
    var type, keySize, valueSize, maxEntries, flags, pinning, extra: Int

    /// How many numbers there are.
    static let count = 7

    init?(_ values: some RandomAccessCollection<Int>) {
      let values = Array(values)
      guard values.count >= Self.count else { return nil }
      (type, keySize, valueSize, maxEntries, flags) = (values[0], values[1], values[2], values[3], values[4])
      (pinning, extra) = (values[5], values[6])
    }
  }

  /// A variable that is a map, or a map of maps.
  static func isMap(_ global: IRGlobal) -> Bool {
    global.type == "%T9BPFKernel13MapDefinitionV" || isNested(global)
  }

  private static func isNested(_ global: IRGlobal) -> Bool { global.type == "%T9BPFKernel19NestedMapDefinitionV" }

  static func apply(to rewriting: inout Rewriting) {
    refuseLocals(&rewriting)
    for index in rewriting.module.globals.indices where isMap(rewriting.module.globals[index]) {
      let global = rewriting.module.globals[index]
      let variable = rewriting.debug.variable(of: global)
      let place = rewriting.debug.fileName(variable?.node("file")).map {
        SourcePlace(file: $0, line: variable?.integer("line") ?? 0, column: 0)
      }
      let called = variable?.string("name") ?? global.name
      let values = IRConstant.numbers(in: global.initializer ?? "zeroinitializer")
      guard let numbers = Numbers(values), numbers.type > 0 else {
        rewriting.report(.mapNotConstant(called, at: place))
        continue
      }
      let name = rewriting.name(global.name, like: called)
      let parameters = typeParameters(variable?.node("type"), rewriting.debug)
      let inner = isNested(global) ? Numbers(values.dropFirst(Numbers.count)) : nil
      let file = rewriting.debug.file(variable?.node("file"))
      var members = members(numbers, inner == nil ? parameters : [], name, file, &rewriting.debug)
      let count = members.count
      if let inner {
        let types = typeParameters(parameters.first, rewriting.debug)
        let entry = self.members(inner, types, name, file, &rewriting.debug)
        members.append(self.values(of: structure(entry, file, &rewriting.debug), at: count, file, &rewriting.debug))
      }
      let type = structure(members, size: count, file, &rewriting.debug)
      let expression = rewriting.debug.variable(name, type: type, line: variable?.integer("line") ?? 0)
      var entry = IRGlobal(
        name: global.name, type: "[\(count) x i64]", initializer: "zeroinitializer", section: ".maps", alignment: 8)
      entry.debugExpression = .written(expression)
      rewriting.module.globals[index] = entry
      rewriting.module.pinned.append(global.name)
    }
  }

  /// A definition on the stack is that of a map that somebody makes in a function.
  private static func refuseLocals(_ rewriting: inout Rewriting) {
    for function in rewriting.module.functions {
      for local in function.body where local.text.hasPrefix("alloca %T9BPFKernel") {
        guard let value = local.result,
          local.text.hasPrefix("alloca %T9BPFKernel13MapDefinitionV,")
            || local.text.hasPrefix("alloca %T9BPFKernel19NestedMapDefinitionV,")
        else { continue }
        rewriting.report(.localMap(at: rewriting.debug.place(ofLocal: value, in: function)))
      }
    }
  }

  private static func structure(
    _ members: [Int], size: Int? = nil, _ file: Int, _ debug: inout DebugInformation
  ) -> Int {
    debug.writer.add(debug.structure(nil, members: members, size: (size ?? members.count) * 8, file: file))
  }

  /// The member that says what the maps in a map are like: an array without elements of pointers to such an entry.
  private static func values(of entry: Int, at index: Int, _ file: Int, _ debug: inout DebugInformation) -> Int {
    let array = debug.array(of: debug.pointer(to: entry), count: 0, elementSize: 8)
    return debug.member("values", type: array, size: 0, offset: index * 8, file: file)
  }

  /// The type parameters of a map's type.
  static func typeParameters(_ type: Int?, _ debug: DebugInformation) -> [Int] {
    guard let node = debug.table.node(debug.plainType(type)) else { return [] }
    let own = debug.table.elements(node.node("templateParams")).compactMap { debug.table.node($0)?.node("type") }
    return own.isEmpty ? debug.typeParameters(node) : own
  }

  private static func members(
    _ numbers: Numbers, _ parameters: [Int], _ map: String, _ file: Int, _ debug: inout DebugInformation
  ) -> [Int] {
    let types = parameters.compactMap { debug.layout($0) }
    var members: [Int] = []
    func add(_ name: String, _ target: Int) {
      let pointer = debug.pointer(to: target)
      members.append(debug.member(name, type: pointer, size: 8, offset: members.count * 8, file: file))
    }
    func add(_ name: String, number: Int, of element: TypeLayout? = nil) {
      let type = element?.node ?? debug.scalar("Int32")
      add(name, debug.array(of: type, count: number, elementSize: element?.stride ?? 4))
    }
    let kind = MapKind(number: numbers.type)
    let record = kind == .records || kind == .events ? types.first : nil
    add("type", number: numbers.type, of: record.map { debug.record($0, named: "\(map)_record", file: file) })
    if numbers.maxEntries > 0 { add("max_entries", number: numbers.maxEntries) }
    if numbers.flags > 0 { add("map_flags", number: numbers.flags) }
    if numbers.pinning > 0 { add("pinning", number: numbers.pinning) }
    if numbers.extra > 0 { add("map_extra", number: numbers.extra) }
    if kind == .records { return members }
    var key: TypeLayout?
    var value: TypeLayout?
    if kind == .typed {
      if types.count >= 2 {
        (key, value) = (types[0], types[1])
      } else if let only = types.first {
        value = only
        // The index of an array is no parameter of its type.
        if numbers.keySize == 4 {
          key = TypeLayout(node: debug.scalar("UInt32"), size: 4, alignment: 4)
        }
      }
    }
    if let key, key.stride == numbers.keySize {
      add("key", key.node)
    } else if numbers.keySize > 0 {
      add("key_size", number: numbers.keySize)
    }
    if let value, value.stride == numbers.valueSize {
      add("value", value.node)
    } else if numbers.valueSize > 0 {
      add("value_size", number: numbers.valueSize)
    }
    return members
  }
}

extension DebugInformation {
  /// The type of a buffer's records: a structure as it is, another type as the only field of one, since loaders take the
  /// plain number of C's convention for no record.
  fileprivate mutating func record(_ type: TypeLayout, named name: String, file: Int) -> TypeLayout {
    if writer.nodes[type.node].hasPrefix("!DICompositeType(tag: DW_TAG_structure_type") { return type }
    let field = member("value", type: type.node, size: type.stride, offset: 0, file: file)
    let node = writer.add(structure(name, members: [field], size: type.stride, file: file))
    return TypeLayout(node: node, size: type.stride, alignment: type.alignment)
  }
}

/// What the kernel wants to know of the types of a map, by its kind.
enum MapKind: Hashable, Sendable {
  /// Keys and values have types.
  case typed
  /// Keys and values are numbers of the kernel's own, known by their sizes.
  case sized
  /// A buffer of records.
  case records
  /// Perf events, through which records go.
  case events

  /// The kind of a map, by its number in `enum bpf_map_type`.
  init(number: Int) {
    switch number {
    case 27, 31: self = .records
    case 4: self = .events
    // Program arrays, stack traces, cgroup arrays, maps of maps, devices, CPUs, sockets.
    case 3, 7, 8, 12, 13, 14, 15, 16, 17, 18, 20, 25: self = .sized
    default: self = .typed
    }
  }
}

extension IRConstant {
  /// The integers of a constant structure of integers, however deep they lie; `zeroinitializer` counts as one 0.
  static func numbers(in constant: String) -> [Int] {
    if constant == "zeroinitializer" || constant == "undef" || constant == "poison" || constant == "null" { return [0] }
    guard constant.hasPrefix("<{") || constant.hasPrefix("{") || constant.hasPrefix("[") else {
      return [Int(constant) ?? (constant == "true" ? 1 : 0)]
    }
    let isPacked = constant.hasPrefix("<{")
    return IRCursor.list(constant.dropFirst(isPacked ? 2 : 1).dropLast(isPacked ? 2 : 1)).flatMap { item -> [Int] in
      var cursor = IRCursor(item)
      guard cursor.type() != nil, cursor.skip(" ") else { return [] }
      return numbers(in: cursor.remaining)
    }
  }
}
