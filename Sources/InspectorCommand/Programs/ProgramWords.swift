internal import Inspector
internal import KernelInterface

extension InspectorObject {
  /// Programs.
  static let prog = InspectorObject(
    name: "prog", summary: "programs that are loaded",
    operations: [
      Operation("show", "list", arguments: "[PROG]", summary: "what is loaded, with its maps and who holds it") {
        call throws(InspectorError) in try show(ProgramFacts.self, &call)
      },
      Operation(
        "dump", arguments: "{ xlated | jited } PROG [{ file FILE | [opcodes] [linum] [{ visual | svg }] }]",
        summary: "the instructions as the verifier left them, or as machine code"
      ) { call throws(InspectorError) in try dumpPrograms(&call) },
      Operation("pin", arguments: "PROG FILE", summary: "give a program a name in a mounted bpf file system") {
        call throws(InspectorError) in try pinObject(.program, &call)
      },
      Operation(
        "load",
        arguments: "OBJ PATH [type TYPE] [{ offload_dev | xdpmeta_dev } NAME] [map { idx IDX | name NAME } MAP]... "
          + "[pinmaps FOLDER] [autoattach] [kernel_btf FILE]",
        summary: "load an object file, and pin its first program or, with autoattach, that one's link"
      ) { call throws(InspectorError) in try loadPrograms(&call, all: false) },
      Operation(
        "loadall", arguments: "OBJ FOLDER [...]", summary: "the same with all programs, by their names in a folder"
      ) { call throws(InspectorError) in try loadPrograms(&call, all: true) },
      Operation("attach", arguments: "PROG ATTACH_TYPE [MAP]", summary: "to a map of sockets, or to this network") {
        call throws(InspectorError) in try attachProgram(&call, undoing: false)
      },
      Operation("detach", arguments: "PROG ATTACH_TYPE [MAP]", summary: "undo that") {
        call throws(InspectorError) in try attachProgram(&call, undoing: true)
      },
      Operation(
        "run",
        arguments: "PROG data_in FILE [data_out FILE [data_size_out N]] [ctx_in FILE [ctx_out FILE "
          + "[ctx_size_out N]]] [repeat N]",
        summary: "run a program once, or more often, on a packet or a context; a file - is the standard stream"
      ) { call throws(InspectorError) in try runProgram(&call) },
      Operation(
        "profile", arguments: "PROG [duration SECONDS] METRIC...",
        summary: "count what the processor does while a program runs, so long or until interrupted"
      ) { call throws(InspectorError) in try profileProgram(&call) },
      Operation(
        "tracelog", arguments: "[{ stdout | stderr } PROG]",
        summary: "what programs print: by bpf_printk as it comes, or so far to a stream of one of them"
      ) { call throws(InspectorError) in try showTraceLog(&call) },
    ],
    terms: [
      ("PROG", "{ id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }"),
      ("MAP", "{ id MAP_ID | pinned FILE | name MAP_NAME }"),
      ("TYPE", "the name of a section, such as xdp, cgroup/skb or kprobe"),
      (
        "ATTACH_TYPE",
        "{ sk_msg_verdict | sk_skb_verdict | sk_skb_stream_verdict | sk_skb_stream_parser | flow_dissector }"
      ),
      ("METRIC", "{ cycles | instructions | l1d_loads | llc_misses | itlb_misses | dtlb_misses }"),
    ])
}
