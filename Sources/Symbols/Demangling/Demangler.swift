/// Turns the names that compilers give to functions back into what their authors wrote.
///
///     Demangler.demangle("_ZNSt6vectorIiSaIiEE9push_backERKi")
///     // "std::vector<int, std::allocator<int> >::push_back(int const&)"
///
/// Knows C++ (Itanium ABI), Rust (both manglings) and Swift. Names come from files that anybody may have written:
/// damaged ones give nil, and nesting, length and output are limited.
public enum Demangler {
  /// Longer names are left as they are.
  static let longestName = 1 << 16
  /// What would become longer than this is left as it is: substitutions can grow without bound.
  static let longestResult = 1 << 16

  /// What the name stands for, or nil when it is not mangled or cannot be understood.
  public static func demangle(_ name: String) -> String? {
    guard name.utf8.count <= longestName else { return nil }
    if name.hasPrefix("_Z") || name.hasPrefix("__Z") {
      return RustLegacyName.demangle(name) ?? ItaniumName.demangle(name)
    }
    if name.hasPrefix("_R") { return RustName.demangle(name) }
    if name.hasPrefix("$s") || name.hasPrefix("$S") || name.hasPrefix("_$s") || name.hasPrefix("$e") {
      return SwiftName.demangle(name)
    }
    return nil
  }
}
