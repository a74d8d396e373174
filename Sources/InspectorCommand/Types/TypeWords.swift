internal import Inspector
internal import KernelInterface

extension InspectorObject {
  /// Type information.
  static let btf = InspectorObject(
    name: "btf", summary: "type information of the kernel, its modules, programs and maps",
    operations: [
      Operation("show", "list", arguments: "[id BTF_ID]", summary: "what there is, and who uses it") {
        call throws(InspectorError) in
        let users = try TypeInformationUsers(kernel: call.kernel)
        try show(TypeInformationFacts.self, &call) { users.complete(&$0) }
      },
      Operation(
        "dump", arguments: "SOURCE [format { raw | { c | swift } [unsorted] }] [root_id ID]...",
        summary: "the types as their records, as C, or as Swift for user space"
      ) { call throws(InspectorError) in try dumpTypes(&call) },
    ],
    terms: [
      ("SOURCE", "{ id BTF_ID | prog PROG | map MAP [{ key | value | kv | all }] | file FILE }"),
      ("PROG", "{ id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }"),
      ("MAP", "{ id MAP_ID | pinned FILE | name MAP_NAME }"),
    ])
}
