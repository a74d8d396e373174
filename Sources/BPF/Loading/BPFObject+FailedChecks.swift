internal import ELF

extension BPFObject {
  /// The checks of its programs that failed since it was loaded, in the order of the source.
  ///
  ///     for failed in try object.failedChecks() {
  ///       print("\(failed.site.file):\(failed.site.line): \(failed.site.reason), \(failed.count) times")
  ///     }
  ///
  /// Empty for an object that counts none: one written in C, or built so that checks are not counted.
  ///
  /// - Throws: ``LoadError`` when the object has places of checks and no counters.
  public func failedChecks() throws(LoadError) -> [FailedCheck] {
    if spec.checkSites.isEmpty { return [] }
    let bytes = try bytes(ofVariable: "swift_traps")
    var failed: [FailedCheck] = []
    for (index, site) in spec.checkSites.enumerated() {
      let start = index * 8
      guard start + 8 <= bytes.count else { break }
      let count = bytes[start..<(start + 8)].enumerated().reduce(into: UInt64(0)) { sum, byte in
        let place = spec.byteOrder == .little ? byte.offset : 7 - byte.offset
        sum |= UInt64(byte.element) << (UInt64(place) * 8)
      }
      if count > 0 { failed.append(FailedCheck(site: site, count: count)) }
    }
    return failed
  }
}
