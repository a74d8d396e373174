import Testing

@testable import BPF

@Suite struct QueueMapTests {
  @Test(arguments: [false, true]) func order(_ isStack: Bool) throws {
    let map = try QueueMap<UInt32>(name: "order", maxEntries: 3, isStack: isStack)
    #expect(try map.pop() == nil && map.peek() == nil)
    for value in 1...3 as ClosedRange<UInt32> { try map.push(value) }
    #expect {
      try map.push(4)
    } throws: {
      "\($0)"
        == "map 'order': it is full (3 entries); pop some, or push so that the oldest goes (E2BIG from bpf(BPF_MAP_UPDATE_ELEM))"
    }
    try map.push(4, replacingOldest: true)
    #expect(try map.peek() == (isStack ? 4 : 2))
    var popped: [UInt32] = []
    while let value = try map.pop() { popped.append(value) }
    #expect(popped == (isStack ? [4, 3, 2] : [2, 3, 4]))
  }
}
