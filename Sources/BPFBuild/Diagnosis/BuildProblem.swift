public import Diagnostics

/// Something that is wrong with a source, before its place is looked up in the text.
public struct BuildProblem: Hashable, Sendable {
  /// The kind, in lower case with hyphens.
  public var id: String
  /// How bad it is.
  public var severity: Diagnostic.Severity
  /// What is wrong, without a full stop.
  public var message: String
  /// What to do about it.
  public var hints: [String]
  /// Where; nil when it concerns no place.
  public var place: SourcePlace?

  init(
    _ id: String, _ message: String, at place: SourcePlace?, hints: [String], severity: Diagnostic.Severity = .error
  ) {
    self.id = id
    self.message = message
    self.place = place
    self.hints = hints
    self.severity = severity
  }
}

extension BuildProblem {
  static var noPrograms: Self {
    BuildProblem(
      "no-program", "there is no program in the source", at: nil,
      hints: [
        "a program is a function with a section, as in @section(\"tp/syscalls/sys_enter_openat\"), and is not generic"
      ])
  }

  static func unsuitableProgram(_ name: String, _ reason: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "unsuitable-program", "the program '\(name)' \(reason)", at: place,
      hints: [
        "a program takes one context, as XDPContext or AnyContext, returns Void, an integer or an action, and throws nothing"
      ])
  }

  static func unsuitableSubprogram(_ name: String, _ reason: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "unsuitable-subprogram", "the function '\(name)' is not to be inlined and \(reason)", at: place,
      hints: ["remove @inline(never), or pass a pointer to a structure"])
  }

  static func mapNotConstant(_ name: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "map-not-constant", "the definition of the map '\(name)' is not known at compile time", at: place,
      hints: ["give its sizes as literals, or as constants that are made of literals"])
  }

  static func localMap(at place: SourcePlace?) -> Self {
    BuildProblem(
      "local-map", "this makes a map inside a function, and maps are made when the program is loaded", at: place,
      hints: ["declare it outside of all functions, with let"])
  }

  static func orderedAtomic(_ operation: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "ordered-atomic", "an atomic \(operation) with an ordering stronger than relaxed needs instruction set v4",
      at: place,
      hints: ["use .relaxed, or build with --isa v4 for kernels from 6.14 on"])
  }

  static func kernelTypeUnknown(_ type: String, at place: SourcePlace?) -> Self {
    BuildProblem(
      "kernel-type", "the layout of the kernel structure cannot be described", at: place,
      hints: ["declare its fields with integers, pointers, InlineArray and other structures of the kernel (\(type))"])
  }

  static func questionNotConstant(at place: SourcePlace?) -> Self {
    BuildProblem(
      "question-not-constant", "the loader can only be asked for what is named by a literal", at: place,
      hints: ["write the name as a literal at the call"])
  }

  static func impossible(_ construct: ImpossibleConstruct, at place: SourcePlace?) -> Self {
    let (message, hints) = words(construct)
    return BuildProblem(construct.id, message, at: place, hints: hints)
  }

  private static func words(_ construct: ImpossibleConstruct) -> (String, [String]) {
    switch construct {
    case .allocation:
      (
        "this allocates memory, which a kernel program cannot do",
        ["use structures, InlineArray for a fixed number of elements, and maps for what outlives the call"]
      )
    case .referenceCounting:
      (
        "this counts references to an object on the heap, which a kernel program has not",
        ["use structures in place of classes, and closures that do not escape"]
      )
    case .classInstance:
      ("this makes an instance of a class, which a kernel program cannot do", ["use a structure"])
    case .dynamicCast:
      (
        "this asks for a type at run time, which a kernel program cannot do",
        ["use a generic function or an enumeration"]
      )
    case .lazyInitialiser:
      (
        "this global's first value is not known at compile time",
        ["start it with a literal, or set it from user space: Config for a constant, a map for more"]
      )
    case .untypedError:
      ("this throws an error of unknown type, which needs the heap", ["name the type: func f() throws(Problem)"])
    case .stringStorage:
      (
        "this uses the storage of a String or an Array, which a kernel program has not",
        ["use StaticString for literals and InlineArray for bytes"]
      )
    case .printing:
      ("this prints, and a kernel program has no output", ["use log(\"…\") or trace(\"…\")"])
    case .hashing:
      (
        "this makes a Dictionary or a Set, which lie on the heap; a kernel program has none",
        ["use a map: let counts = HashMap<UInt32, UInt64>(maxEntries: 1024)"]
      )
    case .randomNumber:
      ("this asks the C library for random numbers", ["call bpf_get_prandom_u32()"])
    case .copyOfUnknownSize:
      (
        "this copies or clears memory whose size is not known at compile time",
        ["copy a fixed number of bytes, or element by element in a loop with a fixed bound"]
      )
    case .floatingPoint:
      (
        "this computes with floating point, and the kernel has no registers for it in a program",
        ["scale integers: keep microseconds, or parts per thousand"]
      )
    case .wideInteger:
      (
        "this multiplies or divides numbers of 128 bits, and the kernel has no instruction for it",
        ["divide before you multiply, or compute with UInt64"]
      )
    case .recursion:
      ("this function calls itself, and the verifier follows no recursion", ["use a loop with a fixed bound"])
    }
  }
}

extension ImpossibleConstruct {
  /// The name in lower case with hyphens.
  var id: String {
    rawValue.reduce(into: "") { text, letter in text += letter.isUppercase ? "-\(letter.lowercased())" : String(letter)
    }
  }
}
