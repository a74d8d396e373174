/// User names by number, from `/etc/passwd` itself.
///
/// The C library's own look-up loads modules (NSS) at run time, which a static executable cannot; users that only a
/// directory service knows have no name here.
public struct UserDatabase: Sendable {
  private let names: [UInt32: String]

  /// Reads lines "name:password:uid:…" (passwd(5)); what is not of that form is skipped, of a number that is there
  /// twice the first counts.
  public init(passwd: [UInt8]) {
    var names: [UInt32: String] = [:]
    for line in passwd.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count >= 3, !fields[0].isEmpty,
        let user = UInt32(String(decoding: fields[2], as: UTF8.self)), names[user] == nil
      else { continue }
      names[user] = String(decoding: fields[0], as: UTF8.self)
    }
    self.names = names
  }

  /// The users of this machine.
  public init() throws(SystemCallError) { self.init(passwd: try FileSystem.contents(of: "/etc/passwd")) }

  /// The name of a user, nil when the file does not know the number.
  public func name(of user: UInt32) -> String? { names[user] }
}
