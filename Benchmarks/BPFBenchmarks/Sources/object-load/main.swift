// object-load: opens and loads an object as a program of the library's user would.
//
//     object-load OBJECT     prints the nanoseconds that it takes to open and load the object for the first time
import BPF

struct Failure: Error, CustomStringConvertible { let description: String }

guard CommandLine.arguments.count == 2 else { throw Failure(description: "object-load: OBJECT") }
let time = try ContinuousClock().measure {
  let object = try BPFObject(ObjectSpec(path: CommandLine.arguments[1]))
  guard object.programs.count == 1 else { throw Failure(description: "object-load: \(object.programs.count) programs") }
}
print(time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000)
