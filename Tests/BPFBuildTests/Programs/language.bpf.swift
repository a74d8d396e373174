// swift-format-ignore-file
// language tour: bounded loops, stack InlineArray, Span, closures, generics, protocols, payload enums, Optionals, trapping +
import BPFKernel

public let license: StaticString = "GPL"

protocol Shape { var area: UInt32 { get } }
struct Square: Shape { var side: UInt32; var area: UInt32 { side &* side } }
struct Rect: Shape { var w: UInt32, h: UInt32; var area: UInt32 { w &* h } }
func total<A: Shape, B: Shape>(_ a: A, _ b: B) -> UInt32 { a.area + b.area }

enum Command { case add(UInt32), scale(UInt16, UInt16), reset, name(InlineArray<8, UInt8>) }

func step(_ c: Command, _ v: UInt32) -> UInt32 {
  switch c {
  case .add(let n): return v + n
  case .scale(let a, let b): return v * UInt32(a) / max(1, UInt32(b))
  case .reset: return 0
  case .name(let n): return v &+ UInt32(n[0])
  }
}

extension InlineArray where Element == UInt32 {
  @inline(__always) func reduce(_ start: UInt32, _ f: (UInt32, UInt32) -> UInt32) -> UInt32 {
    var r = start
    for i in 0..<count { r = f(r, self[i]) }
    return r
  }
}

func sum(_ s: Span<UInt32>) -> UInt32 {
  var r: UInt32 = 0
  for i in s.indices { r += s[i] }
  return r
}

let results = ArrayMap<UInt32>(count: 16)
func put(_ i: UInt32, _ v: UInt32) { if let p = results.pointer(at: i) { p.pointee = v } }

@section("tracepoint/raw_syscalls/sys_enter")
func tour(_ ctx: SystemCallEnterContext) {
  let id = UInt32(truncatingIfNeeded: ctx.number)
  // array on the stack, filled by a closure, folded by a closure that captures
  var squares = InlineArray<16, UInt32> { i in UInt32(i) &* UInt32(i) }
  let bias = id & 7
  put(0, squares.reduce(bias) { $0 &+ $1 &+ bias })
  // data-dependent but bounded loop, data-dependent index
  var n: UInt32 = 0
  for i in 0..<Int(id & 15) { squares[i] &+= id; n &+= squares[15 - i] }
  put(1, n)
  put(2, sum(squares.span))
  put(3, total(Square(side: bias), Rect(w: 3, h: id & 0xff)))
  var c = Command.reset
  switch id % 4 {
  case 0: c = .add(id);
  case 1: c = .scale(UInt16(truncatingIfNeeded: id), 3);
  case 2: c = .name(.init(repeating: 65));
  default: break
  }
  put(4, step(c, 10))
  let maybe: UInt32? = id > 100 ? id : nil
  put(5, maybe.map { $0 * 2 } ?? 99)
  put(6, UInt32(exactly: ctx.number) ?? 0xffff_ffff)
  put(7, UInt32(id.leadingZeroBitCount) + UInt32(id.nonzeroBitCount))
  put(8, id.byteSwapped)
  var (a, b) = (id, n); swap(&a, &b); put(9, a)
  put(10, UInt32(clamping: Int64(ctx.number) - 200))
  var k: UInt32 = 0
  while k < 100, squares[Int(k & 15)] != 49 { k += 1 }
  put(11, k)
  put(12, stride(from: 0, to: 30, by: 3).reduce(UInt32(0)) { $0 + UInt32($1) })
}
