public import BPF
public import BTF
internal import KernelInterface

/// Swift source with which a program uses an object by typed names: its constants and variables, its maps with the types
/// of their keys and values, the records of its buffers, and its programs.
///
///     let source = try ObjectBindings(of: spec, named: "Counter", bytes: bytes).text()
///
/// What it declares:
///
///     var counter = try Counter()          // the object before it is loaded
///     counter.minPid = 5
///     let loaded = try counter.load()      // its maps and programs in the kernel
///     let links = try loaded.attach()
///     try loaded.counts.value(for: 7)      // HashMap<UInt32, UInt64>
///     loaded.total                         // a variable of the program, live
///
/// The object is part of the source when its bytes are given; else it is read from a file at run time.
public struct ObjectBindings {
  private let spec: ObjectSpec
  private let name: String
  private let bytes: [UInt8]?
  private var structures: SwiftStructures
  private let types: TypeGraph

  /// Bindings whose outermost type is called `name`.
  ///
  /// - Throws: ``ObjectBindingsError/untyped(_:)`` for an object without types.
  public init(of spec: ObjectSpec, named name: String? = nil, bytes: [UInt8]? = nil) throws(ObjectBindingsError) {
    guard let types = spec.types else { throw .untyped(spec.name) }
    self.spec = spec
    self.types = types
    self.bytes = bytes
    let stem = String(spec.name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    self.name = name ?? Self.typeName(stem)
    structures = SwiftStructures(of: types, reserved: ["Loaded", "Programs", self.name])
  }

  /// The source.
  ///
  /// - Throws: ``ObjectBindingsError/types(_:)`` when the object's types are malformed.
  public func text() throws(ObjectBindingsError) -> String {
    var writer = self
    do throws(BTFError) { return try writer.write() } catch { throw .types(error) }
  }

  /// `file_opens` as `FileOpens`.
  private static func typeName(_ name: String) -> String {
    let text = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return text.first?.isNumber == true || text.isEmpty ? "Object\(text)" : text
  }

  private mutating func write() throws(BTFError) -> String {
    let variables = try self.variables()
    let maps = try self.maps()
    var text = """
      // Made from the object '\(spec.name)' by `bpf gen bindings`; changes here are lost.
      public import BPF

      /// The object '\(spec.name)', before it is loaded.
      public struct \(name): Sendable {
        /// What it holds; all of it can be changed before it is loaded.
        public var spec: ObjectSpec


      """
    if bytes != nil {
      text += """
          /// The object that is part of this program.
          public init() throws(ObjectError) { spec = try Self.object.spec() }


        """
    } else {
      text += """
          /// Reads the object from its file.
          public init(path: String) throws(ObjectError) { spec = try ObjectSpec(path: path) }


        """
    }
    text += """
        /// Loads it: its maps and programs are in the kernel as long as the answer is there.
        public func load(options: LoadOptions = LoadOptions()) throws(LoadError) -> Loaded {
          try Loaded(BPFObject(spec, options: options))
        }

      """
    for variable in variables {
      text += """

          /// \(variable.isConstant ? "The constant" : "The first value of the variable") `\(variable.name)`.
          public var \(variable.identifier): \(variable.type) {
            get { spec[variable: "\(variable.name)", as: \(variable.type).self] ?? \(variable.zero) }
            set { spec[variable: "\(variable.name)", as: \(variable.type).self] = newValue }
          }

        """
    }
    text += "\n" + loaded(variables.filter { !$0.isConstant }, maps)
    for line in structures.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      text += line.isEmpty ? "\n" : "  \(line)\n"
    }
    if let bytes {
      text += "\n  private static let object = EmbeddedObject(\n    name: \"\(spec.name)\",\n    base64: \"\"\"\n"
      var rest = EmbeddedObject.base64(bytes)[...]
      while !rest.isEmpty {
        text += "      \(rest.prefix(120))\\\n"
        rest = rest.dropFirst(120)
      }
      text += "\n      \"\"\")\n"
    }
    return text + "}\n" + (structures.functions.isEmpty ? "" : "\n\(structures.functions)")
  }

  // MARK: - In the kernel

  private func loaded(_ variables: [Variable], _ maps: [TypedMapBinding]) -> String {
    var text = """
        /// The object in the kernel.
        public struct Loaded: Sendable {
          /// Its maps, programs and variables by their names.
          public let object: BPFObject

      """
    for map in maps {
      text += "    /// \(map.summary)\n    \(map.isEvents ? "private" : "public") let \(map.property): \(map.type)\n"
    }
    for variable in variables {
      text += "    private let live_\(variable.name): GlobalVariable<\(variable.type)>\n"
    }
    text += "\n    init(_ object: BPFObject) throws(LoadError) {\n      self.object = object\n"
    for map in maps {
      text +=
        map.type == "Map"
        ? "      \(map.property) = try object.map(named: \"\(map.name)\")\n"
        : "      \(map.property) = try object.map(named: \"\(map.name)\", as: \(map.type).self)\n"
    }
    for variable in variables {
      text += "      live_\(variable.name) = try object.variable(\"\(variable.name)\", as: \(variable.type).self)\n"
    }
    text += """
          }

          /// Attaches every program whose section says where; they are attached as long as the links are there.
          public func attach() throws(BPFError) -> [Link] { try object.attach() }

      """
    for variable in variables {
      text += """

            /// The variable `\(variable.name)`, live.
            public var \(variable.identifier): \(variable.type) {
              get { live_\(variable.name).value }
              nonmutating set { live_\(variable.name).value = newValue }
            }

        """
    }
    for map in maps where map.isEvents {
      text += """

            /// The records of `\(map.name)` as they come; one loop at a time reads them.
            public func \(map.identifier)() throws(BPFError) -> EventStream<\(map.record)> {
              try \(map.buffer)(\(map.property)).events(of: \(map.record).self)
            }

        """
    }
    for program in spec.programs {
      text += """

            /// The program `\(program.name)` (`\(program.sectionName)`); nil when it was not to be loaded.
            public var \(Self.identifier(program.name, besides: taken(maps, variables))): Program? {
              try? object.program(named: "\(program.name)")
            }

        """
    }
    return text + "  }\n\n"
  }

  private func taken(_ maps: [TypedMapBinding], _ variables: [Variable]) -> Set<String> {
    Set(maps.map(\.name) + variables.map(\.name) + ["object", "attach"])
  }

  /// A name in the place where others are taken.
  private static func identifier(_ name: String, besides taken: Set<String>) -> String {
    let plain = String(name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
    return SwiftSpelling.identifier(taken.contains(plain) ? "\(plain)_program" : plain)
  }

  // MARK: - Variables

  private struct Variable {
    var name: String
    var type: String
    var zero: String
    var isConstant: Bool
    var identifier: String { ObjectBindings.identifier(name, "variable") }
  }

  /// A name where the bindings have some of their own.
  private static func identifier(_ name: String, _ kind: String) -> String {
    SwiftSpelling.identifier(["spec", "load", "object", "attach"].contains(name) ? "\(name)_\(kind)" : name)
  }

  private mutating func variables() throws(BTFError) -> [Variable] {
    var variables: [Variable] = []
    for map in spec.maps where map.dataSection != nil && map.dataSection != ".kconfig" && map.type == .array {
      for variable in map.variables {
        // Pointers are there for their types alone, `swift_traps` for who runs the program, and names with dots are a
        // compiler's own.
        guard let type = variable.typeID, (try? types.pointee(of: type)) ?? nil == nil,
          variable.name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), !variable.name.hasPrefix("swift_trap"),
          let swift = try structures.typeName(of: type, hint: Self.typeName(variable.name))
        else { continue }
        variables.append(
          Variable(
            name: variable.name, type: swift, zero: try structures.zero(of: type), isConstant: map.isFrozen))
      }
    }
    return variables
  }

  // MARK: - Maps

  private struct TypedMapBinding {
    var name: String
    var type: String
    var summary: String
    /// The struct of the records of an event map; "" for other maps.
    var record = ""
    var buffer = ""
    var isEvents: Bool { !record.isEmpty }
    var identifier: String { ObjectBindings.identifier(name, "map") }
    var property: String { isEvents ? "buffer_\(name)" : identifier }
  }

  private mutating func maps() throws(BTFError) -> [TypedMapBinding] {
    let search = try? RecordTypeSearch(spec)
    var bindings: [TypedMapBinding] = []
    for map in spec.maps where map.dataSection == nil && map.isCreated && map.structOperations == nil {
      guard map.name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), !map.name.hasPrefix("__") else {
        continue
      }
      let hint = Self.typeName(map.name)
      var binding = TypedMapBinding(name: map.name, type: "Map", summary: "The map `\(map.name)`, \(map.type).")
      if map.type.holdsRecords {
        if let record = search?.type(of: map), let name = try structures.typeName(of: record, hint: "\(hint)Event") {
          binding.record = name
          binding.buffer = map.type == .ringBuffer ? "RingBuffer" : "PerfBuffer"
        }
      } else if let value = map.valueTypeID, let element = try structures.typeName(of: value, hint: "\(hint)Value") {
        let key = try map.keyTypeID.flatMap { key throws(BTFError) in
          try structures.typeName(of: key, hint: "\(hint)Key")
        }
        binding.type = Self.wrapper(of: map.type, key: key, element: element) ?? "Map"
      } else if map.type == .programArray {
        binding.type = "ProgramArray"
      } else if map.type == .stackTrace {
        binding.type = "StackTraceMap"
      }
      bindings.append(binding)
    }
    return bindings
  }

  /// The library's type for maps of a kind; nil where it has none.
  private static func wrapper(of type: MapType, key: String?, element: String) -> String? {
    switch type {
    case .hash, .lruHash, .resizableHash: key.map { "HashMap<\($0), \(element)>" }
    case .perCPUHash, .lruPerCPUHash: key.map { "PerCPUHashMap<\($0), \(element)>" }
    case .array: "ArrayMap<\(element)>"
    case .perCPUArray: "PerCPUArrayMap<\(element)>"
    case .queue, .stack: "QueueMap<\(element)>"
    case .bloomFilter: "BloomFilter<\(element)>"
    default: nil
    }
  }
}

/// Why there are no bindings for an object.
public enum ObjectBindingsError: Error, Hashable, Sendable {
  /// The object has no types (`.BTF`).
  case untyped(String)
  /// The object's types are malformed.
  case types(BTFError)
}

extension ObjectBindingsError: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .untyped(let name): "object '\(name)' says nothing of its types: compile it with -g"
    case .types(let error): "\(error)"
    }
  }
}
