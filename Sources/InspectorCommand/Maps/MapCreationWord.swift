internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// `create`.
extension InspectorObject {
  static func createMap(_ call: inout InspectorCall) throws(InspectorError) {
    guard let path = call.words.popFirst() else { throw .usage("expected the file at which the map is to be pinned") }
    let arguments = try MapCreationArguments(takingFrom: &call.words)
    let kernel = call.kernel
    var creation = try arguments.creation()
    if arguments.isNameCut { call.warn("the kernel keeps 15 letters of a name: '\(creation.name)'") }
    let map: Map
    if let reference = arguments.innerMap {
      // The kernel only looks at it: it need not outlive the call.
      let inner = try ObjectLookup(.map, kernel: kernel).open(reference)
      map = try inner.withNumber { number throws(InspectorError) in
        creation.innerMap = number
        return try Self.map(creation, kernel)
      }
    } else {
      map = try Self.map(creation, kernel)
    }
    // When this fails the map goes with its last descriptor.
    try map.pin(at: path, in: call)
    try call.answerDone()
  }

  private static func map(_ creation: MapCreation, _ kernel: any KernelCalls) throws(InspectorError) -> Map {
    let descriptor: OwnedDescriptor
    do throws(SystemCallError) { descriptor = try kernel.createMap(creation) } catch { throw .systemCall(error) }
    do throws(BPFError) { return try Map(adopting: descriptor, kernel: kernel) } catch { throw .library(error) }
  }
}

/// What a map is to be made from, as words: `type hash key 4 value 8 entries 16 name counts`.
struct MapCreationArguments {
  private var type: MapType?
  private var numbers: [String: UInt32] = [:]
  private var name: String?
  /// Whether the name that was given is longer than the kernel keeps.
  private(set) var isNameCut = false
  private var deviceIndex: UInt32 = 0
  private(set) var innerMap: ObjectReference?

  /// Words of one number each, with what they are called in messages.
  private static let numbers: [(word: String, meaning: String)] = [
    ("key", "key size"), ("value", "value size"), ("entries", "max entries"), ("flags", "flags"),
  ]

  /// Takes all words.
  ///
  /// - Throws: ``InspectorError/usage(_:)``.
  init(takingFrom words: inout ArraySlice<String>) throws(InspectorError) {
    while let word = words.popFirst() {
      guard !word.isEmpty, let option = Self.words.first(where: { $0.hasPrefix(word) }) else {
        throw .usage("unknown arg \(word)")
      }
      if option == "inner_map" {
        guard innerMap == nil else { throw .usage("duplicate inner_map") }
        innerMap = try ObjectReference(takingFrom: &words, allowing: [.id, .name, .pinned])
        continue
      }
      guard let argument = words.popFirst() else { throw .usage("'\(option)' needs an argument") }
      try set(option, argument)
    }
  }

  /// In the order in which a shortened word is looked for.
  private static let words = ["type", "name", "key", "value", "entries", "flags", "dev", "offload_dev", "inner_map"]

  private mutating func set(_ option: String, _ argument: String) throws(InspectorError) {
    switch option {
    case "type":
      guard type == nil else { throw .usage("map type already specified") }
      type =
        MapType(named: argument)
        ?? ObjectReference.number(argument).flatMap(UInt32.init(exactly:))
        .map { MapType(rawValue: $0) }
      if type == nil { throw .usage("unrecognized map type: \(argument)") }
    case "name":
      guard name == nil else { throw .usage("map name already specified") }
      let cut = String(decoding: argument.utf8.prefix(15), as: UTF8.self)
      guard "\(ObjectName(cut))" == cut else {
        throw .usage("map name '\(argument)': only letters, digits, '_' and '.'")
      }
      name = cut
      isNameCut = cut != argument
    case "dev", "offload_dev":
      let file = "/sys/class/net/\(argument)/ifindex"
      guard !argument.contains("/"), let text = try? FileSystem.text(of: file),
        let index = UInt32(text.filter { !$0.isWhitespace })
      else { throw .failed("no network device '\(argument)'") }
      deviceIndex = index
    default:
      let meaning = Self.numbers.first { $0.word == option }?.meaning ?? option
      guard numbers[option] == nil else { throw .usage("\(meaning) already specified") }
      guard let number = ObjectReference.number(argument).flatMap(UInt32.init(exactly:)) else {
        throw .usage("can't parse \(argument) as \(meaning)")
      }
      numbers[option] = number
    }
  }

  /// What the kernel is asked for, but for the inner map.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` for what is missing.
  func creation() throws(InspectorError) -> MapCreation {
    guard let type else { throw .usage("map type not specified") }
    guard let name else { throw .usage("map name not specified") }
    var creation = MapCreation(
      type: type, keySize: numbers["key"] ?? 0, valueSize: numbers["value"] ?? 0,
      maxEntries: numbers["entries"] ?? 0, flags: .init(rawValue: numbers["flags"] ?? 0), name: ObjectName(name))
    creation.deviceIndex = deviceIndex
    return creation
  }
}
