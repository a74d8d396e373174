// fentry-unlink: prints a line for each file that is removed, or could not be. Needs root, and a kernel that lets programs
// attach to its functions and has `do_unlinkat`, as all up to 7.1.
//
//     4711 rm 0 /tmp/file
//     4712 rm -2 /tmp/no-such-file
import BPF
import Glibc
import KernelObjects

/// A file that was removed, laid out as in the kernel's side.
struct Removal: BitwiseCopyable {
  var process: UInt32
  var result: Int32
  var command: InlineArray<16, UInt8>
  var path: InlineArray<128, UInt8>
}

do {
  let object = try BPFObject(kernelObject("fentry-unlink"))
  let events = try RingBuffer(object.map(named: "events"))
  let links = try object.attach()
  defer { Link.close(links) }
  print("attached")
  fflush(nil)
  for try await removal in events.events(of: Removal.self) {
    print(removal.process, String(removal.command), removal.result, String(removal.path))
    fflush(nil)
  }
} catch {
  print("fentry-unlink: \(error)")
  exit(1)
}
