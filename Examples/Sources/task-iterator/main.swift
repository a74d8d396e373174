// task-iterator: prints the tasks of this machine, as a program in the kernel lists them.
//
//          PID      TID   PARENT COMMAND
//            1        1        0 systemd
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("task-iterator"))
  let link = try object.program(named: "show").attachIterator()
  defer { link.close() }
  print(try link.text(), terminator: "")
} catch {
  print("task-iterator: \(error)")
  exit(1)
}
