// hello: says hello whenever a program is started on this machine, through the kernel's trace pipe.
//
//     bash-4711    [001] ...21  7082.913391: bpf_trace_printk: Hello, process 4711!
//
// Needs root. The trace pipe is one for the whole machine: what others print there is shown too.
import BPF
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("hello"))
  let links = try object.attach()
  defer { Link.close(links) }
  guard let pipe = fopen("/sys/kernel/tracing/trace_pipe", "r") else {
    print("hello: /sys/kernel/tracing/trace_pipe: \(String(cString: strerror(errno)))")
    exit(1)
  }
  defer { fclose(pipe) }
  var line = [CChar](repeating: 0, count: 1024)
  while fgets(&line, Int32(line.count), pipe) != nil {
    print(String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), terminator: "")
    fflush(nil)
  }
} catch {
  print("hello: \(error)")
  exit(1)
}
