import Glibc
import Testing

@testable import BPF

private struct Flow: BitwiseCopyable {
  var kind: UInt8
  var address: UInt32
  var port: UInt16
}

private struct Nested: BitwiseCopyable {
  var flows: InlineArray<2, Flow>
  var pair: (UInt8, UInt64)
  var isOpen: Bool
}

private enum State: UInt32 { case open, closed }

private struct Declared: KnownPadding {
  var choice: UInt16?
  static var padding: [Range<Int>] { [3..<4] }
}

@Suite struct ByteLayoutTests {
  /// The bytes of a value that was written over ones.
  private func written<T: BitwiseCopyable>(_ value: T) -> [UInt8] {
    let layout = ByteLayout<T>()
    var bytes = [UInt8](repeating: 0xff, count: layout.byteCount)
    bytes.withUnsafeMutableBytes { buffer in
      if let base = buffer.baseAddress { layout.write(value, to: base) }
    }
    #expect(layout.withBytes(of: value) { Array(UnsafeRawBufferPointer(start: $0, count: layout.byteCount)) } == bytes)
    return bytes
  }

  /// A value whose memory was all ones before its fields were set, as a stack may leave it.
  private func dirty<T: BitwiseCopyable>(_ type: T.Type, _ set: (inout T) -> Void) -> T {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<T>.stride, alignment: 16)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0xff, count: MemoryLayout<T>.stride)
    set(&memory.assumingMemoryBound(to: T.self).pointee)
    return memory.load(as: T.self)
  }

  @Test func findsPadding() {
    #expect(ByteLayout<UInt64>().padding.isEmpty)
    #expect(ByteLayout<UInt64>().byteCount == 8)
    #expect(ByteLayout<Flow>().padding == [1..<4, 10..<12])
    #expect(ByteLayout<Flow>().byteCount == 12)
    #expect(ByteLayout<(UInt8, UInt32)>().padding == [1..<4])
    #expect(ByteLayout<Nested>().padding == [1..<4, 10..<12, 13..<16, 22..<24, 25..<32, 41..<48])
    #expect(ByteLayout<SIMD3<Float>>().padding == [12..<16])
    #expect(ByteLayout<State>().byteCount == 1)
    #expect(ByteLayout<(State, UInt16)>().padding == [1..<2])
    #expect(ByteLayout<Int128>().padding.isEmpty && ByteLayout<UnsafeRawPointer>().padding.isEmpty)
    for doubt in [
      ByteLayout<UInt64>().doubt, ByteLayout<Flow>().doubt, ByteLayout<Nested>().doubt, ByteLayout<State>().doubt,
      ByteLayout<SIMD3<Float>>().doubt, ByteLayout<InlineArray<6, UInt8>>().doubt, ByteLayout<Declared>().doubt,
    ] { #expect(doubt == nil) }
  }

  @Test func doubtsWhatFieldsDoNotTell() {
    #expect(ByteLayout<UInt16?>().doubt == "Optional<UInt16> has bytes that its fields do not tell")
    #expect(ByteLayout<(UInt8, UInt16?)>().doubt != nil)
    // struct flock { short l_type, l_whence; off_t l_start, l_len; pid_t l_pid; }
    #expect(
      ByteLayout<flock>().doubt == "flock is a C structure whose bytes 4..<8 may be padding or hold fields")
    #expect(ByteLayout<timespec>().doubt == nil)
    #expect(ByteLayout<Declared>().padding == [3..<4])
  }

  @Test func zeroesPadding() {
    let flow = dirty(Flow.self) {
      $0.kind = 1
      $0.address = 0x0403_0201
      $0.port = 0x0605
    }
    #expect(written(flow) == [1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0])
    let pair = dirty((UInt8, UInt16).self) {
      $0.0 = 1
      $0.1 = 0x0302
    }
    #expect(written(pair) == [1, 0, 2, 3])
    #expect(written(UInt32(0x0403_0201)) == [1, 2, 3, 4])
    let nested = dirty(Nested.self) {
      $0.flows = [flow, flow]
      $0.pair = (7, 8)
      $0.isOpen = true
    }
    #expect(
      written(nested) == [
        1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0,
        0,
        0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
      ])
  }

  @Test func readsAtAnyAlignment() throws {
    let bytes: [UInt8] = [9, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0]
    let flow = try bytes.withUnsafeBytes { try ByteLayout<Flow>().read(from: #require($0.baseAddress) + 1) }
    #expect(flow.kind == 1 && flow.address == 0x0403_0201 && flow.port == 0x0605)
  }
}
