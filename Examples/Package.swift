// swift-tools-version: 6.2
import PackageDescription

/// A program of one folder below `Sources`.
func example(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: [.product(name: "BPF", package: "swift-bpf")],
    swiftSettings: [.swiftLanguageMode(.v6)])
}

// Programs that show the library in use; a package of its own, so that the library resolves no more than it needs.
let package = Package(
  name: "swift-bpf-examples",
  dependencies: [.package(name: "swift-bpf", path: "..")],
  targets: [
    example("exec-stream"),
    example("protocol-counter"),
    example("syscalls-per-user"),
    example("xdp-counter"),
  ]
)
