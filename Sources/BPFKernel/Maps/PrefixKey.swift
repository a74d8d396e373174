/// A key of a prefix trie: the length of the prefix in bits, then the bytes in network order.
///
/// Source: `struct bpf_lpm_trie_key_u8` in the kernel's `include/uapi/linux/bpf.h`.
public protocol PrefixKey: BitwiseCopyable {
  /// How many of the following bits count.
  var prefixLength: UInt32 { get }
}

/// A prefix of IPv4 addresses.
@frozen
public struct IPv4Prefix: PrefixKey {
  /// How many of the following bits count.
  public var prefixLength: UInt32
  /// The address as it stands in packets.
  public var networkOrder: UInt32

  /// The first `prefixLength` bits of an address that is in network order, as it stands in packets.
  @_alwaysEmitIntoClient @_transparent
  public init(networkOrder: UInt32, prefixLength: UInt32 = 32) {
    self.prefixLength = prefixLength
    self.networkOrder = networkOrder
  }
}

/// A prefix of IPv6 addresses.
@frozen
public struct IPv6Prefix: PrefixKey {
  /// How many of the following bits count.
  public var prefixLength: UInt32
  /// The address as it stands in packets.
  public var bytes: InlineArray<16, UInt8>

  /// The first `prefixLength` bits of an address.
  @_alwaysEmitIntoClient @_transparent
  public init(bytes: InlineArray<16, UInt8>, prefixLength: UInt32 = 128) {
    self.prefixLength = prefixLength
    self.bytes = bytes
  }
}
