/// The kernel's page allocation flags by name, as its own trace output writes them: `GFP_KERNEL|__GFP_ZERO`.
enum AllocationFlags {
  /// Names by bits, in the order in which they are looked for: `gfpflag_string` in `include/trace/events/mmflags.h`;
  /// the bits in `include/linux/gfp_types.h`, Linux 6.10 and later.
  private static let names: [(bits: UInt64, name: String)] = [
    (0x1c_24ca, "GFP_TRANSHUGE"),
    (0x1c_20ca, "GFP_TRANSHUGE_LIGHT"),
    (0x10_0cca, "GFP_HIGHUSER_MOVABLE"),
    (0x10_0cc2, "GFP_HIGHUSER"),
    (0x10_0cc0, "GFP_USER"),
    (0x40_0cc0, "GFP_KERNEL_ACCOUNT"),
    (0x0cc0, "GFP_KERNEL"),
    (0x0c40, "GFP_NOFS"),
    (0x0820, "GFP_ATOMIC"),
    (0x0c00, "GFP_NOIO"),
    (0x2800, "GFP_NOWAIT"),
    (0x0001, "GFP_DMA"),
    (0x0004, "GFP_DMA32"),
    (0x0020, "__GFP_HIGH"),
    (0x0040, "__GFP_IO"),
    (0x0080, "__GFP_FS"),
    (0x2000, "__GFP_NOWARN"),
    (0x4000, "__GFP_RETRY_MAYFAIL"),
    (0x8000, "__GFP_NOFAIL"),
    (0x1_0000, "__GFP_NORETRY"),
    (0x4_0000, "__GFP_COMP"),
    (0x0100, "__GFP_ZERO"),
    (0x8_0000, "__GFP_NOMEMALLOC"),
    (0x2_0000, "__GFP_MEMALLOC"),
    (0x10_0000, "__GFP_HARDWALL"),
    (0x20_0000, "__GFP_THISNODE"),
    (0x0010, "__GFP_RECLAIMABLE"),
    (0x0008, "__GFP_MOVABLE"),
    (0x40_0000, "__GFP_ACCOUNT"),
    (0x1000, "__GFP_WRITE"),
    (0x0c00, "__GFP_RECLAIM"),
    (0x0400, "__GFP_DIRECT_RECLAIM"),
    (0x0800, "__GFP_KSWAPD_RECLAIM"),
    (0x0002, "__GFP_HIGHMEM"),
    (0x80_0000, "__GFP_ZEROTAGS"),
  ]

  /// Writes flags with `|` between them, `none` for none, and in hexadecimal what has no name.
  static func write(_ flags: UInt64, to output: inout ByteBuffer) {
    guard flags != 0 else {
      output.append("none")
      return
    }
    var rest = flags
    for (bits, name) in names where rest & bits == bits {
      if rest != flags { output.append(byte: UInt8(ascii: "|")) }
      output.append(name)
      rest &= ~bits
    }
    guard rest != 0 else { return }
    if rest != flags { output.append(byte: UInt8(ascii: "|")) }
    output.append("0x")
    output.append(hexadecimal: rest)
  }
}
