public import BPF
import Glibc

/// The compiled kernel side of an example: `NAME.bpf.o` in the folder of the example's executable.
///
///     bpf build Sources/hello/Kernel/hello.bpf.swift -o .build/debug/hello.bpf.o
///
/// `Scripts/test-examples` builds them all.
public func kernelObject(_ name: String) throws -> ObjectSpec {
  var path = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = max(0, readlink("/proc/self/exe", &path, path.count - 1))
  let executable = String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return try ObjectSpec(
    path: executable.prefix(through: executable.lastIndex(of: "/") ?? executable.startIndex) + "\(name).bpf.o")
}
