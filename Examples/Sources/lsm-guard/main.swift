// lsm-guard: lets nobody but root use bpf(), and prints who tried. Needs root, and a kernel started with lsm=…,bpf.
//
//     refused user 1000 the command 5 of bpf()
import BPF
import BPFKernel
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("lsm-guard"))
  let log = try BPF.RingBuffer(object.map(named: "log"))
  let links = try object.attach()
  defer { Link.close(links) }
  print("guarding")
  fflush(nil)
  for try await line in log.events({ LogLine(decoding: Array($0)) }) {
    print(line.text)
    fflush(nil)
  }
} catch {
  print("lsm-guard: \(error)")
  exit(1)
}
