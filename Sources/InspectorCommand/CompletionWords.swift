internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Completion of words by the shell.
  static let completion = InspectorObject(
    name: "completion", summary: "a script by which bash, zsh or fish completes words, numbers and names",
    operations: [
      Operation(
        "", arguments: "{ bash | zsh | fish }", summary: "print it; for bash: source <(bpf completion bash)"
      ) { call throws(InspectorError) in
        guard let shell = call.takeKeyword(["bash", "zsh", "fish"]) else {
          throw .usage("expected 'bash', 'zsh' or 'fish'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
        }
        try call.expectEnd()
        let script = ShellScript.text(for: shell)
        try call.answer { json throws(SystemCallError) in
          try json.value(script)
        } text: {
          script
        }
      }
    ], hasOneOperation: true)

  /// What the scripts ask.
  static let complete = InspectorObject(
    name: "complete", summary: "what may stand in the place of the last word",
    operations: [
      Operation("", arguments: "[WORD]...", summary: "the words, a line each") { call throws(InspectorError) in
        let candidates = Completion(Array(call.words), kernel: call.kernel).candidates
        call.words = []
        try call.answer { json throws(SystemCallError) in
          try json.array { json throws(SystemCallError) in for word in candidates { try json.value(word) } }
        } text: {
          candidates.map { "\($0)\n" }.joined()
        }
      }
    ], hasOneOperation: true)

  /// Manual pages.
  static let manual = InspectorObject(
    name: "manual", summary: "manual pages, as in bpf manual prog | man -l -",
    operations: [
      Operation("", arguments: "WORD", summary: "the page of a word, in the language of troff") {
        call throws(InspectorError) in
        let word = try call.takeWord("one of \(visible.map(\.name).joined(separator: ", "))")
        try call.expectEnd()
        guard let object = named(word) else { throw .usage("there is no page of '\(word)'") }
        let page = object.page
        try call.answer { json throws(SystemCallError) in
          try json.value(page)
        } text: {
          page
        }
      }
    ], hasOneOperation: true)
}

/// Which words may stand in the last place of a command line.
struct Completion {
  private let words: [String]
  private let kernel: any KernelCalls

  init(_ words: [String], kernel: any KernelCalls) {
    self.words = words.filter { !$0.hasPrefix("-") || $0 == words.last }
    self.kernel = kernel
  }

  /// The words that begin as the last one does, each once.
  var candidates: [String] {
    let begun = words.last ?? ""
    var told: Set<String> = []
    return all.filter { $0.hasPrefix(begun) && told.insert($0).inserted }
  }

  private var all: [String] {
    if (words.last ?? "").hasPrefix("-") { return GlobalOptions.words.map { "--\($0.word)" } }
    guard words.count > 1, let object = InspectorObject.named(words[0]) else {
      return InspectorObject.visible.map(\.name)
    }
    if !object.hasOneOperation, words.count == 2 { return object.operations.map { $0.names[0] } + ["help"] }
    guard let operation = object.hasOneOperation ? object.operations.first : object.operation(named: words[1]) else {
      return []
    }
    let previous = words[words.count - 2]
    if ["id", "name", "tag"].contains(previous) { return references(previous, for: kind(of: object)) }
    return Self.keywords(of: operation.arguments, in: object)
  }

  /// What the reference before the last word is to.
  private func kind(of object: InspectorObject) -> ObjectKind {
    // The word before 'id' says it, where there is one; else the object's own kind.
    let kinds: [String: ObjectKind] = ["prog": .program, "map": .map, "link": .link, "btf": .btf]
    if words.count > 3, let kind = kinds[words[words.count - 3]] { return kind }
    return kinds[object.name] ?? .program
  }

  private func references(_ form: String, for kind: ObjectKind) -> [String] {
    let lookup = ObjectLookup(kind, kernel: kernel)
    guard form != "id" else { return ((try? lookup.all()) ?? []).map(String.init) }
    var names: [String] = []
    try? lookup.forEach { _, object throws(InspectorError) in
      switch kind {
      case .program:
        guard let info = try? kernel.programInfo(object, withMaps: false) else { return }
        names.append(
          form == "tag"
            ? info.tag.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined() : info.name)
      case .map: if let info = try? kernel.mapInfo(object) { names.append(info.name) }
      case .link, .btf: return
      }
    }
    // A name with a blank is no word of a shell.
    return names.filter { !$0.isEmpty && !$0.contains(where: \.isWhitespace) }
  }

  /// The fixed words in the help's notation of arguments; what stands there in capitals is looked up among the terms.
  static func keywords(of arguments: String, in object: InspectorObject, depth: Int = 0) -> [String] {
    let marks: Set<Character> = [" ", "[", "]", "{", "}", "|", ".", ",", "'", "\""]
    return arguments.split { marks.contains($0) }.flatMap { word -> [String] in
      if word.contains(where: { $0.isUppercase }) {
        guard depth < 3, let term = object.terms.first(where: { $0.0 == word })?.1, term.hasPrefix("{") else {
          return []
        }
        return keywords(of: term, in: object, depth: depth + 1)
      }
      return word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? [String(word)] : []
    }
  }
}

/// The scripts for the shells; they ask the command itself.
enum ShellScript {
  static func text(for shell: String) -> String {
    switch shell {
    case "bash":
      """
      _bpf() {
        local words
        mapfile -t words < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        COMPREPLY=("${words[@]}")
        if [ ${#words[@]} -eq 0 ]; then compopt -o default; fi
      }
      complete -F _bpf bpf bpftool

      """
    case "zsh":
      """
      #compdef bpf bpftool
      _bpf() {
        local -a answers
        answers=("${(@f)$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        if [ -n "${answers[1]}" ]; then compadd -- "${answers[@]}"; else _files; fi
      }
      compdef _bpf bpf bpftool

      """
    default:
      """
      function __bpf_complete
        set -l typed (commandline -opc)
        $typed[1] complete -- $typed[2..-1] (commandline -ct) 2>/dev/null
      end
      complete -c bpf -a '(__bpf_complete)'
      complete -c bpftool -a '(__bpf_complete)'

      """
    }
  }
}

extension InspectorObject {
  /// The words of the help: all but those that scripts ask.
  static var visible: [InspectorObject] { all.filter { $0.name != complete.name } }

  /// The manual page in the language of troff (`man 7 man`).
  var page: String {
    func literal(_ text: String) -> String {
      let escaped = text.map { $0 == "\\" ? "\\e" : $0 == "-" ? "\\-" : "\($0)" }.joined()
      // A dot or a quotation mark at the beginning of a line is a command.
      return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
    var text =
      ".TH BPF-\(name.uppercased()) 8\n.SH NAME\nbpf\\-\(literal(name)) \\- \(literal(summary))\n.SH SYNOPSIS\n"
    for operation in operations {
      let words = [name] + (operation.names[0].isEmpty ? [] : [operation.names.joined(separator: " | ")])
      text += ".B bpf \(literal(words.joined(separator: " ")))\n"
      if !operation.arguments.isEmpty { text += "\(literal(operation.arguments))\n" }
      text += ".br\n"
    }
    text += ".SH DESCRIPTION\n"
    for operation in operations {
      text +=
        ".TP\n.B \(literal(operation.names[0].isEmpty ? name : operation.names[0]))\n\(literal(operation.summary))\n"
    }
    if !terms.isEmpty { text += ".SH TERMS\n" }
    for (term, meaning) in terms { text += ".TP\n.I \(literal(term))\n\(literal(meaning))\n" }
    text += ".SH OPTIONS\n"
    for option in GlobalOptions.words {
      text += ".TP\n.B \\-\(option.letter), \\-\\-\(literal(option.word))\n\(literal(option.summary))\n"
    }
    text += PeerDifference.chapter(of: name, literal)
    let others = Self.visible.filter { $0.name != name }.map { ".BR bpf\\-\(literal($0.name)) (8)" }
    return text + ".SH EXIT STATUS\n0; 1 when the operation failed; 2 when it was not understood.\n.SH SEE ALSO\n"
      + others.joined(separator: ",\n") + "\n"
  }
}
