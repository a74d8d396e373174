internal import Inspector

/// The options that every word of the inspector takes.
struct GlobalOptions: Hashable, Sendable {
  /// `-j`: one JSON document on standard output.
  var isJSON = false
  /// `-p`: JSON over many lines.
  var isPretty = false
  /// `-f`: tell where objects are pinned.
  var showsPins = false
  /// `-n`: mount nothing; what this command never does anyway.
  var mountsNothing = false
  /// `-d`: what the verifier says, also of programs that it takes.
  var isDebugging = false
  /// `-B FILE`: what split type information is based on.
  var baseBTF: String?
  /// `-L`, `-S`, `-k FILE`, `-i FILE`: a loader program, and by what it is signed.
  private var usesLoader = false
  private var isSigned = false
  private var key: String?
  private var certificate: String?
  /// `-V`, `-h`.
  var asksForVersion = false
  var asksForHelp = false

  /// Takes the options out of a command line and answers the words that are left.
  ///
  /// Options may stand anywhere, but behind the object's word only those that are meant as such: in `value -1 2` the
  /// number stays a word. What follows `--` is words.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` for an option that there is not.
  mutating func take(from arguments: [String]) throws(InspectorError) -> [String] {
    var words: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        break
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      if try take(argument, &rest) { continue }
      guard !words.isEmpty else {
        throw .usage("unrecognized option '\(argument)'")
      }
      words.append(argument)
    }
    if isSigned ? key == nil || certificate == nil : key != nil || certificate != nil {
      throw .usage("-S goes with -k KEY and -i CERTIFICATE, and they with it")
    }
    return words
  }

  /// - Throws: when a loader program is asked for, or a signature, which is one of a loader program.
  func expectNoLoaderProgram() throws(InspectorError) {
    guard usesLoader || isSigned else { return }
    throw .failed(
      "loader programs (-L), and signed ones (-S), are a form of libbpf's own that is not made here; without the "
        + "option the object is loaded or embedded as it is, to the same end")
  }

  /// False when it is no option.
  private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>) throws(InspectorError) -> Bool {
    if argument.hasPrefix("--") {
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      let matches = Self.words.filter { $0.word.hasPrefix(name) }
      guard !name.isEmpty, let option = matches.first(where: { $0.word == name }) ?? matches.first,
        matches.count == 1 || option.word == name
      else { return false }
      return try set(option.letter, parts.count > 1 ? String(parts[1]) : nil, argument, &rest)
    }
    // Letters may share a hyphen.
    let letters = Array(argument.dropFirst())
    guard letters.allSatisfy({ letter in Self.words.contains { $0.letter == letter } }) else { return false }
    for letter in letters { _ = try set(letter, nil, argument, &rest) }
    return true
  }

  private mutating func set(
    _ letter: Character, _ joined: String?, _ spelling: String, _ rest: inout ArraySlice<String>
  ) throws(InspectorError) -> Bool {
    switch letter {
    case "j": isJSON = true
    case "p": (isJSON, isPretty) = (true, true)
    case "f": showsPins = true
    case "n": mountsNothing = true
    case "d": isDebugging = true
    case "V": asksForVersion = true
    case "h": asksForHelp = true
    case "B":
      guard let file = joined ?? rest.popFirst() else { throw .usage("option '\(spelling)' requires an argument") }
      baseBTF = file
    case "L": usesLoader = true
    case "S": isSigned = true
    case "k", "i":
      guard let file = joined ?? rest.popFirst() else { throw .usage("option '\(spelling)' requires an argument") }
      if letter == "k" { key = file } else { certificate = file }
    default: break  // -l, -m: taken for the sake of old scripts; they change nothing here
    }
    return true
  }

  /// The options' words, in the order of the help.
  static let words: [(word: String, letter: Character, summary: String)] = [
    ("json", "j", "one JSON document on standard output"),
    ("pretty", "p", "the same over many lines"),
    ("bpffs", "f", "tell where objects are pinned"),
    ("base-btf", "B", "the file that split type information is based on"),
    ("debug", "d", "tell what the verifier says"),
    ("nomount", "n", "mount nothing (nothing is mounted anyway)"),
    ("legacy", "l", "taken for the sake of old scripts"),
    ("mapcompat", "m", "taken for the sake of old scripts"),
    ("use-loader", "L", "load by a loader program, which is not made here"),
    ("sign", "S", "sign the loader program by -k and -i"),
    ("key", "k", "the file with the key to sign with"),
    ("identity", "i", "the file with the certificate of that key"),
    ("version", "V", "print the version"),
    ("help", "h", "print help"),
  ]
}
