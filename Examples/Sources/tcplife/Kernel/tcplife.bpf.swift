// Reports the life of each TCP connection: who talked to whom, for how long, and how much.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct trace_event_raw_inet_sock_set_state {
    var skaddr: UnsafeRawPointer?
    var oldstate: Int32
    var newstate: Int32
    var sport: UInt16
    var dport: UInt16
    var family: UInt16
    var `protocol`: UInt16
    var saddr: InlineArray<4, UInt8>
    var daddr: InlineArray<4, UInt8>
    var saddr_v6: InlineArray<16, UInt8>
    var daddr_v6: InlineArray<16, UInt8>
  }
  struct tcp_sock {
    var bytes_received: UInt64
    var bytes_acked: UInt64
  }
}

/// `TCP_ESTABLISHED`, `TCP_SYN_SENT`, `TCP_CLOSE` and `TCP_LAST_ACK` of `include/net/tcp_states.h`.
enum State {
  static var established: Int32 { 1 }
  static var synSent: Int32 { 2 }
  static var close: Int32 { 7 }
  static var lastAcknowledgment: Int32 { 9 }
}

struct Owner {
  var process: UInt32
  var command: Characters<16>
}

struct Life {
  /// How long the connection lived, in nanoseconds.
  var duration: UInt64
  var received: UInt64
  var sent: UInt64
  var process: UInt32
  /// `AF_INET`, 2, or `AF_INET6`, 10.
  var family: UInt16
  var localPort: UInt16
  var remotePort: UInt16
  var command: Characters<16>
  /// The addresses; of IPv4 the first four bytes.
  var local: InlineArray<16, UInt8>
  var remote: InlineArray<16, UInt8>
}

/// When each socket's connection began.
let beginnings = HashMap<UInt, UInt64>(maxEntries: 10_240)
/// Who owns each socket, noted while its process is the one that runs.
let owners = HashMap<UInt, Owner>(maxEntries: 10_240)
let events = RingBuffer<Life>(byteCount: 256 * 1024)

@section("tp/sock/inet_sock_set_state")
func changed(_ event: TracepointContext<Kernel.trace_event_raw_inet_sock_set_state>) {
  let record = event.record
  guard record.pointee.protocol == 6 else { return }
  let socket = UInt(bitPattern: record.pointee.skaddr)
  let state = record.pointee.newstate
  // The first state of a connection is the one before "established", on either side.
  if state < 4 { beginnings.insert(Clock.monotonic, for: socket) }
  if state == State.synSent || state == State.lastAcknowledgment {
    owners.set(Owner(process: Process.id, command: Process.command), for: socket)
  }
  guard state == State.close else { return }
  guard let beginning = beginnings[socket] else {
    owners.removeValue(for: socket)
    return
  }
  beginnings.removeValue(for: socket)
  guard let life = events.reserve() else { return }
  life.value.duration = Clock.monotonic &- beginning
  if let owner = owners.pointer(for: socket) {
    life.value.process = owner.pointee.process
    life.value.command = owner.pointee.command
  } else {
    life.value.process = Process.id
    life.value.command = Process.command
  }
  owners.removeValue(for: socket)
  life.value.family = record.pointee.family
  life.value.localPort = record.pointee.sport
  life.value.remotePort = record.pointee.dport
  if record.pointee.family == 2 {
    life.value.local = padded(read(&record.pointee.saddr))
    life.value.remote = padded(read(&record.pointee.daddr))
  } else {
    life.value.local = read(&record.pointee.saddr_v6)
    life.value.remote = read(&record.pointee.daddr_v6)
  }
  if let tcp = UnsafeMutablePointer<Kernel.tcp_sock>(bitPattern: socket) {
    life.value.received = read(&tcp.pointee.bytes_received)
    life.value.sent = read(&tcp.pointee.bytes_acked)
  } else {
    life.value.received = 0
    life.value.sent = 0
  }
  life.submit()
}

func padded(_ address: InlineArray<4, UInt8>) -> InlineArray<16, UInt8> {
  [address[0], address[1], address[2], address[3], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
}
