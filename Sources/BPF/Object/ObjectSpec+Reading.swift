internal import LinuxSystem

extension ObjectSpec {
  /// Reads an object file.
  ///
  /// - Throws: ``ObjectError`` with the place in the file that is at fault.
  public init(path: String) throws(ObjectError) {
    let bytes: [UInt8]
    do throws(SystemCallError) { bytes = try FileSystem.contents(of: path) } catch {
      throw ObjectError(.unreadable(error), object: path)
    }
    self = try ObjectReader.read(bytes, path: path)
  }

  /// Reads the bytes of an object file; `name` is what errors and maps of data sections are called after.
  ///
  /// - Throws: ``ObjectError`` with the place in the file that is at fault.
  public init(bytes: [UInt8], name: String) throws(ObjectError) {
    self = try ObjectReader.read(bytes, path: name)
  }

  /// A path's last part up to its first dot.
  static func name(ofPath path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }
}
