// Reports each file that is opened, or could not be: the kernel's side of opensnoop.
import BPFKernel

public let license: StaticString = "GPL"

let onlyProcess = Config<UInt32>(0)
let onlyThread = Config<UInt32>(0)
let onlyUser = Config<UInt32>(.max)
let onlyFailed = Config<Bool>(false)

struct Opening {
  var path: UnsafeRawPointer?
  var flags: Int32
  var mode: UInt32
  var directory: Int32
}

struct Opened {
  var time: UInt64
  var process: UInt32
  var thread: UInt32
  var user: UInt32
  /// The descriptor, or a negative error number.
  var result: Int32
  var flags: Int32
  var mode: UInt32
  /// The descriptor of the directory from which a relative path starts, -100 for the working directory.
  var directory: Int32
  var command: Characters<16>
  var path: Characters<256>
}

/// The calls that are under way, by thread.
let openings = HashMap<UInt32, Opening>(maxEntries: 10_240)
let events = RingBuffer<Opened>(byteCount: 1024 * 1024)
/// How many files were not reported because the buffer was full.
var lost: UInt64 = 0

func isWanted() -> Bool {
  if onlyProcess.value != 0, onlyProcess.value != Process.id { return false }
  if onlyThread.value != 0, onlyThread.value != Process.thread { return false }
  return onlyUser.value == .max || onlyUser.value == Process.user
}

func begin(_ opening: Opening) {
  if isWanted() { openings.set(opening, for: Process.thread) }
}

func end(_ call: SystemCallExitContext) {
  guard let opening = openings[Process.thread] else { return }
  openings.removeValue(for: Process.thread)
  if onlyFailed.value, call.result >= 0 { return }
  guard let event = events.reserve() else {
    lost &+= 1
    return
  }
  event.value.time = Clock.monotonic
  event.value.process = Process.id
  event.value.thread = Process.thread
  event.value.user = Process.user
  event.value.result = Int32(truncatingIfNeeded: call.result)
  event.value.flags = opening.flags
  event.value.mode = opening.mode
  event.value.directory = opening.directory
  bpf_get_current_comm(&event.value.command, 16)
  if bpf_probe_read_user_str(&event.value.path, 256, opening.path) < 0 { event.value.path[0] = 0 }
  event.submit()
}

@section("tp/syscalls/sys_enter_open")
func enterOpen(_ call: SystemCallEnterContext) {
  begin(
    Opening(
      path: UnsafeRawPointer(bitPattern: call.argument0), flags: Int32(truncatingIfNeeded: call.argument1),
      mode: UInt32(truncatingIfNeeded: call.argument2), directory: -100))
}

@section("tp/syscalls/sys_enter_openat")
func enterOpenAt(_ call: SystemCallEnterContext) {
  begin(
    Opening(
      path: UnsafeRawPointer(bitPattern: call.argument1), flags: Int32(truncatingIfNeeded: call.argument2),
      mode: UInt32(truncatingIfNeeded: call.argument3), directory: Int32(truncatingIfNeeded: call.argument0)))
}

/// `struct open_how`, which `openat2` takes.
struct OpenHow {
  var flags: UInt64
  var mode: UInt64
}

@section("tp/syscalls/sys_enter_openat2")
func enterOpenAt2(_ call: SystemCallEnterContext) {
  let how: OpenHow = readUser(UnsafePointer(bitPattern: call.argument2))
  begin(
    Opening(
      path: UnsafeRawPointer(bitPattern: call.argument1), flags: Int32(truncatingIfNeeded: how.flags),
      mode: UInt32(truncatingIfNeeded: how.mode), directory: Int32(truncatingIfNeeded: call.argument0)))
}

@section("tp/syscalls/sys_exit_open")
func exitOpen(_ call: SystemCallExitContext) { end(call) }

@section("tp/syscalls/sys_exit_openat")
func exitOpenAt(_ call: SystemCallExitContext) { end(call) }

@section("tp/syscalls/sys_exit_openat2")
func exitOpenAt2(_ call: SystemCallExitContext) { end(call) }
