// swift-format-ignore-file
// Types of all shapes in keys, values, constants, variables and records
import BPFKernel

public let license: StaticString = "GPL"

enum Mood: UInt8 { case calm = 3, hasty, gone }
enum Big: UInt64 { case small = 1, large = 0x1_0000_0000 }
enum Plain { case one, two, three }

struct Point { var x: UInt16; var y: UInt32 }

struct Nested {
  var kind: UInt8
  var port: UInt16
  var mood: Mood
  var big: Big
  var plain: Plain
  var points: InlineArray<3, Point>
  var grid: InlineArray<2, InlineArray<3, UInt8>>
  var name: Characters<16>
  var yes: Bool
  var pair: (UInt8, UInt32)
  var signed: Int16
  var address: UnsafeRawPointer?
  var last: UInt8
}

struct Key { var a: UInt32; var b: UInt16 }

struct Event { var tag: UInt8; var nested: Nested; var point: Point; var after: UInt8 }

let table = HashMap<Key, Nested>(maxEntries: 16)
let moods = HashMap<UInt64, Mood>(maxEntries: 4)
let points = PerCPUArrayMap<Point>(count: 4)
let events = RingBuffer<Event>(byteCount: 4096)
let start = Config<UInt32>(7)
var live = Point(x: 1, y: 2)
var mood = Mood.hasty
var total: Int64 = -5

@section("raw_tp/sys_enter")
func run(_ event: RawTracepointContext) {
  // A map that no program uses is not in the object.
  if let found = table.pointer(for: Key(a: 1, b: 2)) { found.pointee.kind = 1 }
  if moods[7] == .gone { points.withValue(at: 0) { $0.x &+= 1 } }
  guard let record = events.reserve() else { return }
  record.value.tag = UInt8(truncatingIfNeeded: start.value)
  record.value.point = live
  record.value.nested.mood = mood
  total &+= 1
  record.submit()
}
