// map-iteration: goes through a hash map as a program of the library's user would.
//
//     map-iteration hold COUNT      makes a map of COUNT entries, prints its number, and keeps it until its input ends
//     map-iteration for-each ID     prints the nanoseconds that one walk over the map takes
//     map-iteration elements ID     the same, by a copy of all elements
import BPF
import Glibc

func fail(_ reason: String) throws -> Never { throw Failure(description: "map-iteration: \(reason)") }

struct Failure: Error, CustomStringConvertible { let description: String }

let words = CommandLine.arguments.dropFirst()
guard words.count == 2, let action = words.first, let number = words.last.flatMap({ UInt32($0) }) else {
  try fail("hold COUNT | for-each ID | elements ID")
}

if action == "hold" {
  let map = try HashMap<UInt64, UInt64>(name: "million", maxEntries: Int(number))
  try map.set(contentsOf: (0..<UInt64(number)).lazy.map { (key: $0, value: $0 + 1) })
  print(try map.map.info().id)
  fflush(nil)
  _ = readLine()
} else {
  let map = try HashMap<UInt64, UInt64>(Map(id: number))
  var sum: UInt64 = 0
  var count: UInt64 = 0
  let time = try ContinuousClock().measure {
    switch action {
    case "for-each":
      try map.forEach { key, value in
        sum &+= value &- key
        count += 1
      }
    case "elements":
      for (key, value) in try map.elements() {
        sum &+= value &- key
        count += 1
      }
    default: try fail("no action '\(action)'")
    }
  }
  guard sum == count, count == UInt64(map.map.spec.maxEntries) else { try fail("saw \(count) elements, sum \(sum)") }
  print(time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000)
}
