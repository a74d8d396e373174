// syscall-totals: prints every second the ten system calls that were made most often on this machine, by number.
//
//     0: 10342  1: 8800  257: 512
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("syscall-totals"))
  let totals = try PerCPUArrayMap<UInt64>(object.map(named: "totals"))
  let links = try object.attach()
  defer { Link.close(links) }
  while true {
    try await Task.sleep(for: .seconds(1))
    let sums = try totals.elements().map { (number: $0.key, count: $0.value.sum()) }.filter { $0.count > 0 }
    let most = sums.sorted { $0.count > $1.count }.prefix(10)
    print(most.map { "\($0.number): \($0.count)" }.joined(separator: "  "))
    fflush(nil)
  }
} catch {
  print("syscall-totals: \(error)")
  exit(1)
}
