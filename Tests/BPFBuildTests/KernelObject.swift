import BPF
import LinuxSystem

@testable import BPFBuild

/// A kernel program of a test, from source to object.
enum KernelObject {
  /// Builds an object, or takes it from the folder that `SWIFT_BPF_OBJECTS` names, where it is put otherwise.
  ///
  /// An emulated machine takes a minute for what the one that runs it has built already.
  static func spec(of source: String, _ options: BuildOptions = BuildOptions()) throws -> ObjectSpec {
    let name = source.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? source
    guard let folder = Environment.value(of: "SWIFT_BPF_OBJECTS") else {
      return try ObjectSpec(bytes: Build(sources: [source], options: options).object(), name: name)
    }
    let path = "\(folder)/\(name).\(options.instructionSet.rawValue).\(options.traps.rawValue).o"
    if let bytes = try? FileSystem.contents(of: path) { return try ObjectSpec(bytes: bytes, name: name) }
    let bytes = try Build(sources: [source], options: options).object()
    let draft = "\(path).\(CurrentProcess.id).\(UInt32.random(in: 0...UInt32.max))"
    try FileSystem.write(bytes, to: draft)
    try FileSystem.rename(draft, to: path)
    return try ObjectSpec(bytes: bytes, name: name)
  }
}
