internal import ELF

extension ObjectReader {
  /// The section with a line for each check of a program written in Swift.
  static let checkSection = "swift_trap_sites"

  mutating func readCheckSites() throws(ObjectError) {
    guard let section = section(named: Self.checkSection) else { return }
    for line in try contents(of: section).text.split(separator: "\n") {
      guard let site = CheckSite(line) else {
        throw failure(.malformed(found: "'\(line)'", expected: "file:line:column: reason"), section: section)
      }
      object.checkSites.append(site)
    }
  }
}
