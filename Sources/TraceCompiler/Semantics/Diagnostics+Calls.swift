import Diagnostics
import TraceLanguage

/// The words of everything that can be wrong with a call.
extension Diagnostic {
  static func unknownFunction(_ name: Name) -> Diagnostic {
    let near = NearestNames.nearest(to: name.text, among: BuiltinFunction.allCases.map(\.rawValue))
    return Diagnostic(
      .error, id: "unknown-function", at: name.span, "Unknown function: '\(name.text)'",
      hints: near.isEmpty
        ? ["the README lists the functions that are there"] : ["did you mean \(near.joined(separator: ", "))?"])
  }
  static func argumentCount(_ function: BuiltinFunction, _ given: Int, at span: SourceSpan) -> Diagnostic {
    let counts = function.argumentCounts
    let wanted =
      counts.lowerBound == counts.upperBound
      ? "\(counts.lowerBound)"
      : counts.upperBound == .max ? "at least \(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
    return Diagnostic(
      .error, id: "argument-count", at: span,
      "\(function.rawValue)() requires \(wanted) argument\(wanted.hasSuffix("1") ? "" : "s") (\(given) provided)",
      hints: ["see `bpf help trace` for the functions"])
  }
  static func unsafeFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unsafe-function", at: span,
      "\(name)() is unsafe. To use you need the --unsafe flag",
      hints: ["it changes the system: be sure that you trust the script"])
  }
  static func unknownSignal(_ text: String, at span: SourceSpan) -> Diagnostic {
    let near = NearestNames.nearest(to: text, among: SignalNames.numbers.keys.sorted())
    return Diagnostic(
      .error, id: "unknown-signal", at: span, "'\(text)' is no signal",
      hints: near.isEmpty
        ? ["a number from 1 to 64, or a name such as \"KILL\""] : ["did you mean \(near.joined(separator: ", "))?"])
  }
  static func needsStringLiteral(_ role: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "needs-literal", at: span, "\(role) must be a string literal", hints: ["write it out between quotes"])
  }
  static func notConstant(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "not-constant", at: span, "Expected a value that is known before the program runs",
      hints: ["a number, an enum value or a positional parameter"])
  }
  static func invalidFormat(_ function: String, _ problem: PrintfTemplate.Problem, at span: SourceSpan) -> Diagnostic {
    switch problem {
    case .unfinished:
      Diagnostic(
        .error, id: "format-unfinished", at: span, "\(function): the format ends within a % specifier",
        hints: ["write %% for a percent sign"])
    case .unknownConversion(let name):
      Diagnostic(
        .error, id: "format-unknown", at: span, "\(function): Unknown format string token: %\(name)",
        hints: ["there are %d %u %x %X %o %c %s %p %r %rx %rh; write %% for a percent sign"])
    case .floatingPoint(let name):
      Diagnostic(
        .error, id: "format-float", at: span,
        "\(function): %\(name) needs a floating point value, which programs in the kernel do not have",
        hints: ["print a scaled integer, such as microseconds for milliseconds"])
    }
  }
  static func formatArgumentCount(_ function: String, specifiers: Int, given: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "format-count", at: span,
      "\(function): Not enough arguments for format string (\(given) supplied, \(specifiers) expected)".fitting(
        given, specifiers),
      hints: ["each % takes one argument"])
  }
  static func formatMismatch(
    _ function: String, _ specifier: PrintfSpecifier, _ type: ValueType, at span: SourceSpan, _ catalog: TypeCatalog
  ) -> Diagnostic {
    let isBuffer = [.buffer, .escapedBuffer, .hexadecimalBuffer].contains(specifier.conversion)
    return Diagnostic(
      .error, id: "format-type", at: span,
      "\(function): %\(specifier.conversion.rawValue) specifier expects a value of type \(isBuffer ? "buffer" : "integer") ('\(catalog.text(type))' supplied)",
      hints: [isBuffer ? "make a buffer with buf(…)" : "%s prints a value of any type"])
  }
  static func printLimitsNeedMap(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "print-limits", at: span, "Non-map print() only takes 1 argument",
      hints: ["top and div go with print(@map, top, div)"])
  }
  static func needsWholeMap(_ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "needs-map", at: span, "\(function)() expects a map to be provided",
      hints: ["name the map alone: \(function)(@name)"])
  }
  static func needsKeyedMap(_ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "needs-keyed-map", at: span,
      "call to \(function)() expects a map with explicit keys (non-scalar map)",
      hints: ["a map without keys always has its one value"])
  }
  static func negativeComparisonLength(_ length: Int64, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "comparison-length", at: span, "strncmp() length must not be negative (\(length) provided)",
      hints: ["give the number of bytes to compare"])
  }
  static func stringLengthTooSmall(_ length: Int64, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "string-length", at: span, "str() length must be at least 1 (\(length) provided)",
      hints: ["the length counts the final NUL"])
  }
  static func bufferLengthTooSmall(_ length: Int64, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "buffer-length", at: span, "buf() length must be at least 1 (\(length) provided)",
      hints: ["give the number of bytes to read"])
  }
  static func stringTooLong(_ count: Int, _ limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "string-too-long", at: span, "String is too long (over \(limit - 1) bytes): \(count) bytes",
      hints: ["raise it with config = { max_strlen = \(count + 1) }"])
  }
  static func invalidStackArgument(_ function: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "stack-argument", at: span, "\(function)() takes a mode and a number of frames",
      hints: ["modes are bpftrace, perf, raw and build_id; frames go from 1 to 127"])
  }
  static func unknownRegister(_ name: String, available: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unknown-register", at: span, "'\(name)' is not a valid register on this architecture",
      hints: ["the registers are: \(available.joined(separator: ", "))"])
  }
  static func unknownKernelSymbol(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unknown-kernel-symbol", at: span, "Failed to resolve kernel symbol: \(name)",
      hints: ["/proc/kallsyms lists the symbols; data symbols need CONFIG_KALLSYMS_ALL"])
  }
  static func unknownControlGroup(_ path: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unknown-cgroup", at: span, "Failed to find the cgroup: \(path)",
      hints: ["give the path of a folder in the cgroup2 file system"])
  }
  static func unknownClock(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "unknown-clock", at: span, "nsecs() takes the name of a clock",
      hints: ["the clocks are boot, monotonic, tai and sw_tai"])
  }
  static func histogramBits(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "hist-bits", at: span, "hist() takes 0 to 5 as its second argument",
      hints: ["each power of two is split into 2^k buckets"])
  }
  static func linearHistogramLiteral(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "lhist-literal", at: span, "lhist() takes literal numbers for min, max and step",
      hints: ["as in lhist(retval, 0, 1000, 100)"])
  }
  static func linearHistogramBounds(_ message: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.error, id: "lhist-bounds", at: span, message, hints: ["as in lhist(retval, 0, 1000, 100)"])
  }
}

extension String {
  /// The message about too few arguments, or its counterpart about too many.
  fileprivate func fitting(_ given: Int, _ expected: Int) -> String {
    given < expected ? self : pieces(separatedBy: "Not enough").joined(separator: "Too many")
  }
}
