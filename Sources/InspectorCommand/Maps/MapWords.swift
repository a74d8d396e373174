internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Maps.
  static let map = InspectorObject(
    name: "map", summary: "maps, and what is in them",
    operations: [
      Operation("show", "list", arguments: "[MAP]", summary: "what maps there are, and who holds them") {
        call throws(InspectorError) in try show(MapFacts.self, &call)
      },
      Operation(
        "create",
        arguments: "FILE type TYPE key KEY_SIZE value VALUE_SIZE entries MAX_ENTRIES name NAME [flags FLAGS] "
          + "[inner_map MAP] [offload_dev NAME]",
        summary: "make a map and pin it in a mounted bpf file system"
      ) { call throws(InspectorError) in try createMap(&call) },
      Operation("dump", arguments: "MAP", summary: "all elements") {
        call throws(InspectorError) in try dumpMaps(&call)
      },
      Operation("update", arguments: "MAP [key DATA] [value VALUE] [UPDATE_FLAGS]", summary: "write an element") {
        call throws(InspectorError) in try updateElement(&call)
      },
      Operation("lookup", arguments: "MAP [key DATA]", summary: "an element") {
        call throws(InspectorError) in try lookUpElement(&call)
      },
      Operation("getnext", arguments: "MAP [key DATA]", summary: "the first key, or the one behind a key") {
        call throws(InspectorError) in try showNextKey(&call)
      },
      Operation("delete", arguments: "MAP key DATA", summary: "remove an element") {
        call throws(InspectorError) in try removeElement(&call)
      },
      Operation("pin", arguments: "MAP FILE", summary: "give a map a name in a mounted bpf file system") {
        call throws(InspectorError) in try pinObject(.map, &call)
      },
      Operation("peek", arguments: "MAP", summary: "the element that comes next, which stays") {
        call throws(InspectorError) in try lookUpElement(&call)
      },
      Operation("push", arguments: "MAP value VALUE", summary: "add an element to a stack") {
        call throws(InspectorError) in try updateElement(&call)
      },
      Operation("pop", arguments: "MAP", summary: "take an element off a stack") {
        call throws(InspectorError) in try takeElement(&call)
      },
      Operation("enqueue", arguments: "MAP value VALUE", summary: "add an element to a queue") {
        call throws(InspectorError) in try updateElement(&call)
      },
      Operation("dequeue", arguments: "MAP", summary: "take an element off a queue") {
        call throws(InspectorError) in try takeElement(&call)
      },
      Operation(
        "event_pipe", arguments: "MAP [cpu N index N]",
        summary: "print what programs write to a perf event array or a ring buffer, in its owner's place"
      ) { call throws(InspectorError) in try followEvents(&call) },
      Operation("freeze", arguments: "MAP", summary: "let nobody write from user space any more, for ever") {
        call throws(InspectorError) in try freezeMap(&call)
      },
    ],
    terms: [
      ("MAP", "{ id MAP_ID | pinned FILE | name MAP_NAME }"),
      ("DATA", "{ [hex] BYTES | what the map's type information says: 42, 10.0.0.1, '{pid: 1}', '\"text\"' }"),
      ("VALUE", "{ DATA | MAP, in maps of maps | PROG, in arrays of programs }"),
      ("PROG", "{ id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }"),
      ("UPDATE_FLAGS", "{ any | exist | noexist }"),
    ])
}
