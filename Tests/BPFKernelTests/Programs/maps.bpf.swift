// swift-format-ignore-file
// Every kind of map that a program of tracing can use, with keys and values that have padding
import BPFKernel

public let license: StaticString = "GPL"

struct Key { var a: UInt32; var b: UInt64; var c: UInt8 }
struct Value { var a: UInt8; var b: UInt16 }
let hash = HashMap<Key, Value>(maxEntries: 8)
let lruHash = LRUHashMap<Key, Value>(maxEntries: 8)
let perCPUHash = PerCPUHashMap<Key, UInt64>(maxEntries: 8)
let lruPerCPUHash = LRUPerCPUHashMap<Key, UInt64>(maxEntries: 8)
let array = ArrayMap<Value>(count: 8)
let perCPUArray = PerCPUArrayMap<UInt64>(count: 8)
let trie = LPMTrie<IPv4Prefix, UInt64>(maxEntries: 8)
let trie6 = LPMTrie<IPv6Prefix, UInt64>(maxEntries: 8)
let queue = QueueMap<Value>(maxEntries: 8)
let stack = StackMap<Value>(maxEntries: 8)
let bloom = BloomFilter<Value>(maxEntries: 8)
let ring = RingBuffer<Key>(byteCount: 4096)
let perf = PerfEventArray<Key>()
let programs = ProgramArray(count: 2)
let stacks = StackTraceMap(maxEntries: 64)
let groups = CgroupArray(count: 2)
let nested = HashOfMaps<UInt32, HashMap<UInt32, UInt64>>(maxEntries: 4, innerMaxEntries: 8)
let nestedArray = ArrayOfMaps<ArrayMap<UInt64>>(count: 4, innerMaxEntries: 1)
let log = Log(byteCount: 4096)
var answers: InlineArray<8, UInt64> = .init(repeating: 0)

@section("raw_tp/sys_enter")
func all(_ call: RawTracepointContext) {
  let key = Key(a: Process.id, b: 1, c: 2)
  let value = Value(a: 1, b: 2)
  hash.set(value, for: key)
  lruHash.insert(value, for: key)
  perCPUHash.add(1, for: key)
  lruPerCPUHash.add(1, for: key)
  array.set(value, at: 1)
  perCPUArray.add(2, at: 2)
  trie.set(1, for: IPv4Prefix(networkOrder: 10, prefixLength: 8))
  trie6.set(1, for: IPv6Prefix(bytes: .init(repeating: 1), prefixLength: 8))
  queue.push(value, replacingOldest: true)
  _ = queue.pop()
  stack.push(value, replacingOldest: true)
  _ = stack.peek()
  bloom.insert(value)
  answers[7] = bloom.contains(value) ? 1 : 0
  answers[0] = groups.containsCurrentTask(at: 0) ? 1 : 2
  nested.withMap(Process.user) { $0.add(1, for: 5) }
  nestedArray.withMap(1) { $0.add(1, at: 0) }
  answers[1] = UInt64(bitPattern: Int64(stacks.id(of: .user, call)))
}

@section("raw_tp/sys_enter")
func rest(_ call: RawTracepointContext) {
  let key = Key(a: Process.id, b: 1, c: 2)
  ring.emit(key)
  perf.emit(key, from: call)
  programs.tailCall(1, with: call)
  log("call \(call[1]) of \(Process.command) \(hex: key.b)")
}
