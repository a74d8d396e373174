// counter-per-user [started | opened | calls]: prints every two seconds how often each user started a program (which is
// what is counted when nothing else is asked for), opened a file, or made any system call.
//
//     ID 104: 6  ID 0: 224
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("counter-per-user"))
  let counts = try HashMap<UInt32, UInt64>(object.map(named: CommandLine.arguments.dropFirst().first ?? "started"))
  let links = try object.attach()
  defer { Link.close(links) }
  while true {
    try await Task.sleep(for: .seconds(2))
    let users = try counts.elements().sorted { $0.key > $1.key }
    print(users.map { "ID \($0.key): \($0.value)" }.joined(separator: "  "))
    fflush(nil)
  }
} catch {
  print("counter-per-user: \(error)")
  exit(1)
}
