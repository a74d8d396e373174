/// Rust names of the current mangling, "v0" (RFC 2603).
///
/// Written without hashes and without the types of constants, as `rustfilt` does.
struct RustName {
  private struct Malformed: Error {}
  private static let deepestNesting = 200

  private let bytes: [UInt8]
  private var position: Int
  private var output = ""
  private var depth = 0
  /// How many lifetimes `for<…>` has introduced.
  private var lifetimes = 0
  /// Bounds the work of references to earlier parts, which can refer to references.
  private var steps = 0
  /// Whether text is kept: the path of an `impl` is read but not written.
  private var isSilent = false

  /// The path, or nil when the name is of another form.
  static func demangle(_ name: String) -> String? {
    // LLVM and linkers append suffixes behind a dot or a version behind `@`.
    let bytes = Array(name.utf8.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "@") })
    guard bytes.starts(with: "_R".utf8), bytes.count > 2, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[2])
    else { return nil }
    var parser = RustName(bytes: Array(bytes.dropFirst(2)), position: 0)
    do throws(Malformed) {
      try parser.path(inValue: true)
      // The crate that the code was made for may follow.
      if parser.position < parser.bytes.count {
        parser.isSilent = true
        try parser.path(inValue: false)
      }
      guard parser.position == parser.bytes.count else { return nil }
      return parser.output
    } catch {
      return nil
    }
  }

  private init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  // MARK: Text

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func write(_ text: String) throws(Malformed) {
    guard !isSilent else { return }
    output += text
    guard output.utf8.count <= Demangler.longestResult else { throw Malformed() }
  }

  /// `_` is 0; digits in base 62 and `_` are one more than their number.
  private mutating func base62Number() throws(Malformed) -> UInt64 {
    if take("_") { return 0 }
    var value: UInt64 = 0
    while !take("_") {
      let digit: UInt8
      switch next {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = next - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = next - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = next - UInt8(ascii: "A") + 36
      default: throw Malformed()
      }
      position += 1
      let (product, isTooBig) = value.multipliedReportingOverflow(by: 62)
      let (sum, isStillTooBig) = product.addingReportingOverflow(UInt64(digit))
      guard !isTooBig, !isStillTooBig else { throw Malformed() }
      value = sum
    }
    guard value < .max else { throw Malformed() }
    return value + 1
  }

  /// `s` number: which of several equal names; 0 when it is not there.
  private mutating func disambiguator() throws(Malformed) -> UInt64 {
    take("s") ? try base62Number() &+ 1 : 0
  }

  private mutating func nesting(_ body: (inout Self) throws(Malformed) -> Void) throws(Malformed) {
    steps += 1
    guard depth < Self.deepestNesting, steps < 20_000 else { throw Malformed() }
    depth += 1
    defer { depth -= 1 }
    try body(&self)
  }

  /// `B` number: goes on as at an earlier place.
  private mutating func backReference(_ body: (inout Self) throws(Malformed) -> Void) throws(Malformed) {
    let here = position - 1
    let target = try base62Number()
    guard target < here else { throw Malformed() }
    let end = position
    position = Int(target)
    if !isSilent { try nesting(body) }
    position = end
  }

  /// `u` if it is Punycode, the length, `_` if the name starts with a digit or `_`, the name.
  private mutating func identifier() throws(Malformed) -> String {
    let isPunycode = take("u")
    var length = 0
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) else { throw Malformed() }
    if !take("0") {
      while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
        length = length * 10 + Int(next - UInt8(ascii: "0"))
        guard length <= bytes.count else { throw Malformed() }
        position += 1
      }
    }
    _ = take("_")
    guard bytes.count - position >= length else { throw Malformed() }
    let text = bytes[position..<position + length]
    position += length
    if !isPunycode { return String(decoding: text, as: UTF8.self) }
    guard let decoded = Punycode.decode(text) else { throw Malformed() }
    return decoded
  }

  // MARK: Paths

  private mutating func path(inValue: Bool) throws(Malformed) {
    try nesting { parser throws(Malformed) in try parser.pathHere(inValue: inValue) }
  }

  private mutating func pathHere(inValue: Bool) throws(Malformed) {
    let kind = next
    position += 1
    switch kind {
    case UInt8(ascii: "C"):
      _ = try disambiguator()
      try write(try identifier())
    case UInt8(ascii: "M"):
      try implementationPath()
      try write("<")
      try type()
      try write(">")
    case UInt8(ascii: "X"):
      try implementationPath()
      try write("<")
      try type()
      try write(" as ")
      try path(inValue: false)
      try write(">")
    case UInt8(ascii: "Y"):
      try write("<")
      try type()
      try write(" as ")
      try path(inValue: false)
      try write(">")
    case UInt8(ascii: "N"): try nestedPath(inValue: inValue)
    case UInt8(ascii: "I"):
      try path(inValue: inValue)
      try write(inValue ? "::<" : "<")
      try genericArguments()
      try write(">")
    case UInt8(ascii: "B"):
      try backReference { parser throws(Malformed) in try parser.pathHere(inValue: inValue) }
    default: throw Malformed()
    }
  }

  /// Where an `impl` stands: read over.
  private mutating func implementationPath() throws(Malformed) {
    let outer = isSilent
    defer { isSilent = outer }
    isSilent = true
    _ = try disambiguator()
    try path(inValue: false)
  }

  private mutating func nestedPath(inValue: Bool) throws(Malformed) {
    let space = next
    guard space >= UInt8(ascii: "A"), space <= UInt8(ascii: "z") else { throw Malformed() }
    position += 1
    try path(inValue: inValue)
    let number = try disambiguator()
    let name = try identifier()
    if space >= UInt8(ascii: "A"), space <= UInt8(ascii: "Z") {
      let kind =
        switch space {
        case UInt8(ascii: "C"): "closure"
        case UInt8(ascii: "S"): "shim"
        default: String(decoding: [space], as: UTF8.self)
        }
      try write("::{\(kind)\(name.isEmpty ? "" : ":" + name)#\(number)}")
    } else if !name.isEmpty {
      try write("::" + name)
    }
  }

  /// Lifetimes, types and constants, up to `E`.
  private mutating func genericArguments() throws(Malformed) {
    try list { parser throws(Malformed) in
      if parser.take("L") {
        try parser.lifetime(try parser.base62Number())
      } else if parser.take("K") {
        try parser.constant()
      } else {
        try parser.type()
      }
    }
  }

  @discardableResult
  private mutating func list(_ item: (inout Self) throws(Malformed) -> Void) throws(Malformed) -> Int {
    var count = 0
    while !take("E") {
      if count > 0 { try write(", ") }
      try item(&self)
      count += 1
    }
    return count
  }

  // MARK: Types

  private static let basicTypes: [UInt8: String] = [
    UInt8(ascii: "a"): "i8", UInt8(ascii: "b"): "bool", UInt8(ascii: "c"): "char", UInt8(ascii: "d"): "f64",
    UInt8(ascii: "e"): "str", UInt8(ascii: "f"): "f32", UInt8(ascii: "h"): "u8", UInt8(ascii: "i"): "isize",
    UInt8(ascii: "j"): "usize", UInt8(ascii: "l"): "i32", UInt8(ascii: "m"): "u32", UInt8(ascii: "n"): "i128",
    UInt8(ascii: "o"): "u128", UInt8(ascii: "p"): "_", UInt8(ascii: "s"): "i16", UInt8(ascii: "t"): "u16",
    UInt8(ascii: "u"): "()", UInt8(ascii: "v"): "...", UInt8(ascii: "x"): "i64", UInt8(ascii: "y"): "u64",
    UInt8(ascii: "z"): "!",
  ]

  private mutating func type() throws(Malformed) {
    try nesting { parser throws(Malformed) in try parser.typeHere() }
  }

  private mutating func typeHere() throws(Malformed) {
    let kind = next
    if let name = Self.basicTypes[kind] {
      position += 1
      try write(name)
      return
    }
    switch kind {
    case UInt8(ascii: "A"), UInt8(ascii: "S"):
      position += 1
      try write("[")
      try type()
      if kind == UInt8(ascii: "A") {
        try write("; ")
        try constant()
      }
      try write("]")
    case UInt8(ascii: "T"):
      position += 1
      try write("(")
      let count = try list { parser throws(Malformed) in try parser.type() }
      try write(count == 1 ? ",)" : ")")
    case UInt8(ascii: "R"), UInt8(ascii: "Q"):
      position += 1
      try write("&")
      if take("L") {
        let number = try base62Number()
        if number != 0 {
          try lifetime(number)
          try write(" ")
        }
      }
      if kind == UInt8(ascii: "Q") { try write("mut ") }
      try type()
    case UInt8(ascii: "P"), UInt8(ascii: "O"):
      position += 1
      try write(kind == UInt8(ascii: "P") ? "*const " : "*mut ")
      try type()
    case UInt8(ascii: "F"):
      position += 1
      try functionType()
    case UInt8(ascii: "D"):
      position += 1
      try dynamicType()
    case UInt8(ascii: "B"):
      position += 1
      try backReference { parser throws(Malformed) in try parser.typeHere() }
    default: try path(inValue: false)
    }
  }

  /// `G` number: introduces lifetimes for what follows.
  private mutating func binder(_ body: (inout Self) throws(Malformed) -> Void) throws(Malformed) {
    let outer = lifetimes
    defer { lifetimes = outer }
    if take("G") {
      let count = try base62Number()
      guard count < 1000 else { throw Malformed() }
      try write("for<")
      for index in 0...count {
        if index > 0 { try write(", ") }
        lifetimes += 1
        try lifetime(1)
      }
      try write("> ")
    }
    try body(&self)
  }

  private mutating func functionType() throws(Malformed) {
    try binder { parser throws(Malformed) in
      if parser.take("U") { try parser.write("unsafe ") }
      if parser.take("K") {
        // An ABI's name has `_` where it is written with `-`.
        let name = parser.take("C") ? "C" : try parser.identifier()
        try parser.write("extern \"\(String(name.map { $0 == "_" ? "-" : $0 }))\" ")
      }
      try parser.write("fn(")
      try parser.list { parser throws(Malformed) in try parser.type() }
      try parser.write(")")
      if !parser.take("u") {
        try parser.write(" -> ")
        try parser.type()
      }
    }
  }

  /// `dyn` traits `E`, then the lifetime.
  private mutating func dynamicType() throws(Malformed) {
    try write("dyn ")
    try binder { parser throws(Malformed) in
      var count = 0
      while !parser.take("E") {
        if count > 0 { try parser.write(" + ") }
        try parser.dynamicTrait()
        count += 1
      }
    }
    guard take("L") else { throw Malformed() }
    let number = try base62Number()
    if number != 0 {
      try write(" + ")
      try lifetime(number)
    }
  }

  /// A trait, whose arguments and associated types share one pair of brackets.
  private mutating func dynamicTrait() throws(Malformed) {
    var isOpen = false
    if next == UInt8(ascii: "I") {
      position += 1
      try path(inValue: false)
      try write("<")
      try genericArguments()
      isOpen = true
    } else {
      try path(inValue: false)
    }
    while take("p") {
      try write(isOpen ? ", " : "<")
      isOpen = true
      try write(try identifier() + " = ")
      try type()
    }
    if isOpen { try write(">") }
  }

  /// 0 is one that was left out, 1 the innermost.
  private mutating func lifetime(_ number: UInt64) throws(Malformed) {
    if number == 0 {
      try write("'_")
      return
    }
    guard number <= lifetimes else { throw Malformed() }
    let index = lifetimes - Int(number)
    try write(index < 26 ? "'\(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index)))" : "'_\(index)")
  }

  // MARK: Constants

  private mutating func constant() throws(Malformed) {
    try nesting { parser throws(Malformed) in try parser.constantHere() }
  }

  private mutating func constantHere() throws(Malformed) {
    let kind = next
    position += 1
    switch kind {
    case UInt8(ascii: "p"): try write("_")
    case UInt8(ascii: "B"): try backReference { parser throws(Malformed) in try parser.constantHere() }
    case UInt8(ascii: "b"):
      let digits = try hexDigits()
      guard digits == "0" || digits == "1" else { throw Malformed() }
      try write(digits == "1" ? "true" : "false")
    case UInt8(ascii: "c"):
      guard let number = UInt32(try hexDigits(), radix: 16), let scalar = Unicode.Scalar(number) else {
        throw Malformed()
      }
      try write("'\(scalar.escaped(asASCII: false))'")
    default:
      guard "aslxnihtmyoj".utf8.contains(kind) else { throw Malformed() }
      if take("n") { try write("-") }
      let digits = try hexDigits()
      try write(UInt64(digits, radix: 16).map(String.init) ?? "0x" + digits)
    }
  }

  private mutating func hexDigits() throws(Malformed) -> String {
    let digits = bytes[position...].prefix { $0 != UInt8(ascii: "_") }
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), digits.endIndex < bytes.count else {
      throw Malformed()
    }
    position = digits.endIndex + 1
    let text = String(decoding: digits.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
    return text.isEmpty ? "0" : text
  }
}
