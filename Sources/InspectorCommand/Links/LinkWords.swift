internal import Inspector
internal import KernelInterface
internal import LinuxSystem
internal import Symbols

extension InspectorObject {
  /// Links.
  static let link = InspectorObject(
    name: "link", summary: "attachments of programs",
    operations: [
      Operation("show", "list", arguments: "[LINK]", summary: "what is attached where, and who holds it") {
        call throws(InspectorError) in
        let symbols = KernelSymbols()
        try show(LinkFacts.self, &call) { $0.nameFunctions(by: symbols) }
      },
      Operation("pin", arguments: "LINK FILE", summary: "give a link a name in a mounted bpf file system") {
        call throws(InspectorError) in try pinObject(.link, &call)
      },
      Operation("detach", arguments: "LINK", summary: "take the program off, whoever holds the link") {
        call throws(InspectorError) in try detachLink(&call)
      },
    ],
    terms: [("LINK", "{ id LINK_ID | pinned FILE }")])

  private static func detachLink(_ call: inout InspectorCall) throws(InspectorError) {
    let links = try ObjectSelection(.link, takingOneFrom: &call)
    try call.expectEnd()
    let link = try links.one()
    let kernel = call.kernel
    do throws(SystemCallError) { try kernel.detachLink(link, subject: "link") } catch {
      let facts = try LinkFacts(link, kernel: kernel)
      guard error.errno == .notSupported else { throw .systemCall(error) }
      throw .refused(
        "link \(facts.id) of type \(facts.info.type) cannot be detached by others: "
          + "it ends when its last holder closes it and its pins are removed",
        error.errno)
    }
    try call.answerDone()
  }
}
