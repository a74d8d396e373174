/// What a program is called with: one pointer, as a struct that knows what lies there.
public protocol ProgramContext {
  /// The pointer, as helpers take it.
  var rawContext: UnsafeMutableRawPointer { get }
}
