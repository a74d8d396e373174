internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Iterators.
  static let iter = InspectorObject(
    name: "iter", summary: "programs that are files: reading runs them",
    operations: [
      Operation("pin", arguments: "OBJ FILE [map MAP]", summary: "load an iterator and pin its link") {
        call throws(InspectorError) in
        let object = try call.takeWord("an object file")
        let path = try call.takeWord("the file at which the iterator is to be pinned")
        let link = try attachIterator(object, &call)
        do throws(BPFError) { try link.pin(at: path) } catch {
          guard case .systemCall(let refusal) = error else { throw .library(error) }
          throw .pinRefused(path, refusal)
        }
        try call.answerDone()
      },
      Operation("run", arguments: "OBJ [map MAP]", summary: "load an iterator and print what it writes") {
        call throws(InspectorError) in
        let object = try call.takeWord("an object file")
        let link = try attachIterator(object, &call)
        let text: String
        do throws(BPFError) { text = try link.text() } catch { throw .library(error) }
        try call.answer { json throws(SystemCallError) in
          try json.value(text)
        } text: {
          text
        }
      },
    ],
    terms: [("MAP", "{ id MAP_ID | pinned FILE | name MAP_NAME }")], isHelpAlone: true)

  private static func attachIterator(_ file: String, _ call: inout InspectorCall) throws(InspectorError) -> Link {
    var scope = IteratorScope.everything
    if call.takeKeyword(["map"]) != nil { scope = .map(try MapSelection(takingOneFrom: &call).one()) }
    try call.expectEnd()
    let object: BPFObject
    let program: Program
    do throws(LoadError) {
      let spec: ObjectSpec
      do throws(ObjectError) { spec = try ObjectSpec(path: file) } catch { throw .object(error) }
      object = try BPFObject(spec, kernel: call.kernel)
    } catch { throw .loading(error) }
    guard let first = object.programs.first else { throw .failed("\(file) has no programs") }
    program = first
    do throws(BPFError) { return try program.attachIterator(over: scope) } catch { throw .library(error) }
  }
}
