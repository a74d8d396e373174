/// A type that says itself which of its bytes are padding, where its fields do not tell.
///
///     // struct flow { uint8_t protocol; uint8_t inbound : 1; uint32_t address; };
///     extension flow: @retroactive KnownPadding {
///       public static var padding: [Range<Int>] { [2..<4] }
///     }
public protocol KnownPadding: BitwiseCopyable {
  /// The bytes before the type's size that are padding.
  static var padding: [Range<Int>] { get }
}
