/// An object file that is part of a program: what `bpf gen bindings` and the build plugin write.
///
///     let object = EmbeddedObject(name: "counter.bpf.o", base64: "f0VMRgIBAQ…")
///     let spec = try object.spec()
public struct EmbeddedObject: Sendable {
  /// What errors and maps of data sections are called after.
  public let name: String
  private let text: StaticString

  /// An object from the text of its bytes in Base64 (RFC 4648, section 4).
  public init(name: String, base64 text: StaticString) {
    self.name = name
    self.text = text
  }

  /// The bytes of the file; what is no Base64 is passed over.
  public var bytes: [UInt8] {
    guard text.hasPointerRepresentation else { return [] }
    let characters = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for character in characters {
      guard let value = Self.value(of: character) else { continue }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  /// What the object holds.
  ///
  /// - Throws: ``ObjectError`` with the place in the file that is at fault.
  public func spec() throws(ObjectError) -> ObjectSpec { try ObjectSpec(bytes: bytes, name: name) }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  /// Bytes as Base64.
  public static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let group = bytes[place..<min(place + 3, bytes.count)]
      var bits: UInt32 = 0
      for index in 0..<3 { bits = bits << 8 | (index < group.count ? UInt32(group[place + index]) : 0) }
      for index in 0..<4 {
        let isData = index <= group.count
        text.append(isData ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
      place += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
