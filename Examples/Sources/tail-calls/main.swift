// tail-calls: lets the kernel go on with another program for some system calls, and counts the rest.
//
//     process 4711 executes a program
//     process 4712 makes a timer
//     others: 10342
//
// Needs root.
import BPF
import BPFKernel
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("tail-calls"))
  let programs = try BPF.ProgramArray(object.map(named: "programs"))
  // Numbers of x86-64: execve, the five calls of POSIX timers, and two of which there are too many to count.
  try programs.set(object.program(named: "executing"), at: 59)
  for number in 222...226 { try programs.set(object.program(named: "timer"), at: number) }
  for number in [0, 1] { try programs.set(object.program(named: "ignore"), at: number) }
  let others = try object.variable("others", as: UInt64.self)
  let log = try BPF.RingBuffer(object.map(named: "log"))
  let links = try object.attach()
  defer { Link.close(links) }
  let counting = Task {
    while true {
      try await Task.sleep(for: .seconds(1))
      print("others: \(others.value)")
      fflush(nil)
    }
  }
  defer { counting.cancel() }
  for try await line in log.events({ LogLine(decoding: Array($0)) }) {
    print(line.text)
    fflush(nil)
  }
} catch {
  print("tail-calls: \(error)")
  exit(1)
}
