/// C++ names as GCC and Clang mangle them on Linux.
enum ItaniumName {
  /// The declaration, or nil when the name is of another form.
  static func demangle(_ name: String) -> String? {
    // A symbol version may follow: `@VERSION` or `@@VERSION`.
    let bytes = Array(name.utf8.prefix { $0 != UInt8(ascii: "@") })
    let start = bytes.starts(with: "__Z".utf8) ? 3 : 2
    guard bytes.dropFirst(start - 2).starts(with: "_Z".utf8) else { return nil }
    var parser = ItaniumParser(bytes, at: start)
    guard let root = try? parser.mangledName() else { return nil }
    var printer = ItaniumPrinter(parser)
    guard (try? printer.print(root)) != nil else { return nil }
    return String(decoding: printer.output, as: UTF8.self)
  }
}
