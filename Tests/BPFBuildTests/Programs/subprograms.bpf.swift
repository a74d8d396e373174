// swift-format-ignore-file
// BPF-to-BPF subprograms (@inline(never)), typed throws across a call, tail calls through a program array
import BPFKernel

public let license: StaticString = "GPL"

enum Problem: UInt8, Error { case tooBig = 3, odd = 5 }
let programs = ProgramArray(count: 4)
var hits: InlineArray<4, UInt64> = .init(repeating: 0)
var problems: InlineArray<4, UInt64> = .init(repeating: 0)

@inline(never) func classify(_ id: Int, _ out: UnsafeMutablePointer<UInt64>) throws(Problem) -> UInt32 {
  if id > 400 { throw .tooBig }
  if id == 0 { throw .odd }
  out.pointee = UInt64(bitPattern: Int64(id)) &* 2
  switch id {
  case 1: return 1;
  case 2...60: return 2;
  default: return 3
  }
}
@inline(never) func count(_ n: UInt32) { hits[Int(n & 3)] &+= 1 }

@section("tracepoint/raw_syscalls/sys_enter")
func first(_ ctx: SystemCallEnterContext) {
  var twice: UInt64 = 0
  do throws(Problem) {
    count(try classify(ctx.number, &twice))
  } catch {
    switch error {
    case .tooBig: problems[0] &+= 1;
    case .odd: problems[1] &+= 1
    }
  }
  programs.tailCall(1, with: ctx)
  problems[3] &+= 1  // only when the slot is empty
}
@section("tracepoint/raw_syscalls/sys_enter") func tail_a(_ ctx: SystemCallEnterContext) {}
@section("tracepoint/raw_syscalls/sys_enter") func tail_b(_ ctx: SystemCallEnterContext) { hits[0] &+= 1 }
