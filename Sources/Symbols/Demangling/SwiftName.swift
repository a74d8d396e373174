/// Swift names, which the Swift runtime in this program can read.
enum SwiftName {
  /// The runtime's demangler: writes at most `size` bytes to `buffer`, its end marked by a NUL.
  ///
  /// `swift::swift_demangle` in the runtime's `Demangle.cpp`; all its parameters fit in registers, so that Swift's
  /// calling convention is C's.
  @_silgen_name("swift_demangle")
  private static func swiftDemangle(
    _ name: UnsafePointer<UInt8>?, _ length: UInt, _ buffer: UnsafeMutablePointer<UInt8>?,
    _ size: UnsafeMutablePointer<UInt>?, _ flags: UInt32
  ) -> UnsafeMutablePointer<UInt8>?

  /// Names that are longer are left as they are: the runtime's demangler works recursively.
  private static let longestName = 4096

  /// The declaration, or nil when the name is of another form.
  static func demangle(_ name: String) -> String? {
    var name = name
    guard name.utf8.count <= longestName else { return nil }
    let capacity = 32 << 10
    let text = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var size = UInt(capacity)
      let isDemangled = name.withUTF8 {
        swiftDemangle($0.baseAddress, UInt($0.count), buffer.baseAddress, &size, 0) != nil
      }
      count = isDemangled ? buffer.firstIndex(of: 0) ?? 0 : 0
    }
    let result = String(decoding: text, as: UTF8.self)
    // What the runtime cannot read it gives back.
    return result.isEmpty || result == name ? nil : result
  }
}
