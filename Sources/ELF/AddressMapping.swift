extension ELFFile {
  /// The place in the file that is loaded at `address`, or nil when none is.
  ///
  /// This is what uprobes need: the kernel places them by file offset.
  public func fileOffset(ofAddress address: UInt64) -> UInt64? {
    for segment in segments where segment.type == .load && address >= segment.address {
      let distance = address - segment.address
      guard distance < segment.fileSize else { continue }
      let (offset, overflow) = segment.fileOffset.addingReportingOverflow(distance)
      return overflow ? nil : offset
    }
    return nil
  }

  /// The address at which that place in the file is loaded, or nil when it is not.
  ///
  /// Where segments overlap in the file, an executable one is preferred.
  public func address(ofFileOffset offset: UInt64) -> UInt64? {
    func find(where isWanted: (Segment) -> Bool) -> UInt64? {
      for segment in segments where segment.type == .load && isWanted(segment) && offset >= segment.fileOffset {
        let distance = offset - segment.fileOffset
        guard distance < segment.fileSize else { continue }
        let (address, overflow) = segment.address.addingReportingOverflow(distance)
        return overflow ? nil : address
      }
      return nil
    }
    return find { $0.access.contains(.execute) } ?? find { !$0.access.contains(.execute) }
  }

  /// The lowest address that is loaded, from which the distance to a mapping is counted; 0 for an object file.
  public var lowestAddress: UInt64 {
    segments.lazy.filter { $0.type == .load }.map(\.address).min() ?? 0
  }
}
