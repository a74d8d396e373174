/// A number as it stands in packets: most significant byte first.
@frozen
public struct BigEndian<Number: FixedWidthInteger & BitwiseCopyable>: BitwiseCopyable, Equatable {
  /// The bytes as they stand in the packet.
  public var inPacket: Number

  /// The bytes that say `number` in a packet.
  @_alwaysEmitIntoClient @_transparent
  public init(_ number: Number) { inPacket = number.bigEndian }

  /// The number.
  @_alwaysEmitIntoClient public var value: Number { @_transparent get { Number(bigEndian: inPacket) } }

  /// Whether the bytes are the same.
  @_alwaysEmitIntoClient @_transparent
  public static func == (one: Self, other: Self) -> Bool { one.inPacket == other.inPacket }
}

/// The head of an Ethernet frame.
@frozen
public struct EthernetHeader: BitwiseCopyable {
  /// Where it goes.
  public var destination: InlineArray<6, UInt8>
  /// Where it comes from.
  public var source: InlineArray<6, UInt8>
  /// The type.
  public var type: BigEndian<UInt16>
}

extension BigEndian where Number == UInt16 {
  /// The type of frames with IPv4 packets.
  @_alwaysEmitIntoClient public static var ipv4: Self { @_transparent get { Self(0x0800) } }
  /// The type of frames with IPv6 packets.
  @_alwaysEmitIntoClient public static var ipv6: Self { @_transparent get { Self(0x86dd) } }
}

/// A protocol above IP, by its number in the head of IP packets.
@frozen
public struct TransportProtocol: RawRepresentable, BitwiseCopyable, Equatable {
  /// The number.
  public var rawValue: UInt8
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// ICMP.
  @_alwaysEmitIntoClient public static var icmp: Self { @_transparent get { Self(rawValue: 1) } }
  /// TCP.
  @_alwaysEmitIntoClient public static var tcp: Self { @_transparent get { Self(rawValue: 6) } }
  /// UDP.
  @_alwaysEmitIntoClient public static var udp: Self { @_transparent get { Self(rawValue: 17) } }
  /// ICMP for IPv6.
  @_alwaysEmitIntoClient public static var icmpv6: Self { @_transparent get { Self(rawValue: 58) } }
}

/// The head of an IPv4 packet, without options (RFC 791).
@frozen
public struct IPv4Header: BitwiseCopyable {
  /// The version, 4, in the upper half, and the head's length in words of four bytes in the lower.
  public var versionAndLength: UInt8
  /// The kind of service.
  public var service: UInt8
  /// How many bytes there are.
  public var length: BigEndian<UInt16>
  /// Tells its fragments from those of others.
  public var id: BigEndian<UInt16>
  /// Flags in the top 3 bits, then the place of the fragment.
  public var fragment: BigEndian<UInt16>
  /// How many routers it may still pass.
  public var timeToLive: UInt8
  /// The protocol, as in `IPPROTO_TCP`.
  public var transport: TransportProtocol
  /// The checksum.
  public var checksum: BigEndian<UInt16>
  /// Where it comes from.
  public var source: BigEndian<UInt32>
  /// Where it goes.
  public var destination: BigEndian<UInt32>

  /// How many bytes of options follow.
  @_alwaysEmitIntoClient public var optionByteCount: UInt {
    @_transparent get { UInt(truncatingIfNeeded: versionAndLength & 15) &* 4 &- 20 }
  }
}

/// The head of an IPv6 packet (RFC 8200).
@frozen
public struct IPv6Header: BitwiseCopyable {
  /// The version, 6, in the top 4 bits, then 8 bits of class and 20 of flow.
  public var versionClassAndFlow: BigEndian<UInt32>
  /// How many bytes there are.
  public var length: BigEndian<UInt16>
  /// What comes behind this header.
  public var next: TransportProtocol
  /// How many routers it may still pass.
  public var hopLimit: UInt8
  /// Where it comes from.
  public var source: InlineArray<16, UInt8>
  /// Where it goes.
  public var destination: InlineArray<16, UInt8>
}

/// The head of a UDP packet (RFC 768).
@frozen
public struct UDPHeader: BitwiseCopyable {
  /// Where it comes from.
  public var source: BigEndian<UInt16>
  /// Where it goes.
  public var destination: BigEndian<UInt16>
  /// How many bytes there are.
  public var length: BigEndian<UInt16>
  /// The checksum.
  public var checksum: BigEndian<UInt16>
}

/// The head of a TCP packet, without options (RFC 9293).
@frozen
public struct TCPHeader: BitwiseCopyable {
  /// Where it comes from.
  public var source: BigEndian<UInt16>
  /// Where it goes.
  public var destination: BigEndian<UInt16>
  /// The number of the first byte.
  public var sequence: BigEndian<UInt32>
  /// What is expected next.
  public var acknowledgment: BigEndian<UInt32>
  /// The head's length in words of four bytes in the upper half.
  public var length: UInt8
  /// FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32.
  public var flags: UInt8
  /// How much more may be sent.
  public var window: BigEndian<UInt16>
  /// The checksum.
  public var checksum: BigEndian<UInt16>
  /// The place of urgent data.
  public var urgent: BigEndian<UInt16>
}
