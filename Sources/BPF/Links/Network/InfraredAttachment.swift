internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches a program that decodes what an infrared receiver hears (`lirc_mode2`); several programs may be on one.
  ///
  /// *First kernel*: 4.18, built with CONFIG_BPF_LIRC_MODE2.
  ///
  /// - Parameter path: the receiver, such as `/dev/lirc0`.
  /// - Throws: ``BPFError/systemCall(_:)`` when the receiver cannot be opened; ``BPFError/attachRefused(_:)``: `EEXIST` when
  ///   the program is there already, `E2BIG` when 64 are, `EINVAL` for a device that does not tell raw pulses.
  public func attach(toInfraredReceiver path: String) throws(BPFError) -> Link {
    let place = "infrared receiver \(path)"
    try require([.lircMode2], for: place)
    let device = try BPFError.wrap { () throws(SystemCallError) in try kernel.open(path, .readWithoutBlocking) }
    let keeper = OpenDescriptor(device)
    return try attach(to: place, lacking: .program(.lircMode2)) { () throws(NetlinkError) in
      try NetlinkError.wrap { () throws(SystemCallError) in
        try kernel.attach(descriptor, to: UInt32(bitPattern: keeper.number), .lircMode2, subject: place)
        return Link.State(undo: { [self] in
          try? kernel.detach(descriptor, from: UInt32(bitPattern: keeper.number), .lircMode2, subject: place)
        })
      }
    } explain: { errno in
      errno == .fileExists ? .occupied(programIDs: (try? info().id).map { [$0] } ?? []) : nil
    }
  }
}
