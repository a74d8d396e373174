import BTF
import Diagnostics
import ELF
import LinuxSystem
import Symbols

extension Catalog {
  /// The parts `[BINARY:][cpp:]FUNCTION`, of which the binary may be left out with a process.
  struct UserTarget {
    var binary: String
    var function: String
    /// Whether the function is meant by its declaration in C++, not by its mangled name.
    var isDeclaration = false

    init?(_ parts: [String], hasProcess: Bool) {
      switch parts.count {
      case 1 where hasProcess: (binary, function) = ("", parts[0])
      case 2: (binary, function) = (parts[0], parts[1])
      case 3 where parts[1] == "cpp": (binary, function, isDeclaration) = (parts[0], parts[2], true)
      default: return nil
      }
      if function.isEmpty { return nil }
    }
  }

  func userFunctions(_ provider: Provider, _ parts: [String], _ process: Int32?) throws(CatalogError) -> [FoundProbe] {
    guard let target = UserTarget(parts, hasProcess: process != nil) else {
      throw .malformed(provider, text: ([provider.name] + parts).joined(separator: ":"))
    }
    let paths = try resolveBinary(target.binary, process: process)
    let pattern = NamePattern(target.function)
    var found: [FoundProbe] = []
    var names: [String] = []
    for path in paths {
      let binary = try binary(path, process: process)
      func probe(_ symbol: String, _ offset: UInt64, _ shown: String) -> FoundProbe {
        FoundProbe(
          provider, .userFunction(path: path, symbol: symbol, fileOffset: offset, referenceCounterOffset: nil),
          "\(path):\(shown)")
      }
      if target.isDeclaration {
        let matches = binary.functions(declaredAs: pattern)
        let places = Set(BinaryFunctions.withoutAliases(matches.map(\.function)))
        for match in matches where places.contains(match.function) {
          found.append(probe(match.function.name, match.function.fileOffset, "cpp:\"\(match.declaration)\""))
        }
      } else if pattern.hasWildcards {
        for function in BinaryFunctions.withoutAliases(binary.functions(matching: pattern)) {
          found.append(probe(function.name, function.fileOffset, function.name))
        }
      } else if let address = Self.number(target.function) {
        found.append(probe("", try binary.fileOffset(ofAddress: address), target.function))
      } else {
        let (name, offset) = try Self.splitOffset(target.function)
        guard let function = binary.functions(matching: NamePattern(name)).first else {
          names += binary.functions(matching: .everything).map(\.name)
          continue
        }
        guard offset == 0 || offset < function.size else {
          throw .badNumber(
            String(offset), reason: "an offset in '\(name)' of '\(path)', which has \(function.size) bytes")
        }
        found.append(probe(name, function.fileOffset &+ offset, target.function))
      }
    }
    if found.isEmpty, !pattern.hasWildcards {
      throw .notFound(
        provider, kind: "function", name: target.function,
        nearest: NearestNames.nearest(to: target.function, among: names))
    }
    return found
  }

  /// USDT probes: `BINARY:NAME`, `BINARY:PROVIDER:NAME`, or with a process `NAME`.
  func userMarkers(_ parts: [String], _ process: Int32?) throws(CatalogError) -> [FoundProbe] {
    let binaryName: String
    let provider: String?
    let name: String
    switch parts.count {
    case 1 where process != nil: (binaryName, provider, name) = ("", nil, parts[0])
    case 2: (binaryName, provider, name) = (parts[0], nil, parts[1])
    case 3: (binaryName, provider, name) = (parts[0], parts[1], parts[2])
    default: throw .malformed(.usdt, text: (["usdt"] + parts).joined(separator: ":"))
    }
    let providerPattern = provider.map { NamePattern($0) } ?? .everything
    let namePattern = NamePattern(name)
    var found: [FoundProbe] = []
    var names: [String] = []
    for path in try resolveBinary(binaryName, process: process) {
      for note in try binary(path, process: process).file.usdtNotes() {
        names.append(note.name)
        guard providerPattern.matches(note.provider), namePattern.matches(note.name) else { continue }
        found.append(
          FoundProbe(.usdt, .userMarker(path: path, note: note), "\(path):\(note.provider):\(note.name)"))
      }
    }
    if found.isEmpty, !namePattern.hasWildcards {
      throw .notFound(
        .usdt, kind: "marker", name: name, nearest: NearestNames.nearest(to: name, among: Set(names)))
    }
    return found
  }
}
