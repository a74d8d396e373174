// swift-tools-version: 6.2
import PackageDescription

// Programs that show the library in use; a package of its own, so that the library resolves no more than it needs.
let package = Package(
  name: "swift-bpf-examples",
  dependencies: [.package(name: "swift-bpf", path: "..")],
  targets: [
    .executableTarget(
      name: "xdp-counter", dependencies: [.product(name: "BPF", package: "swift-bpf")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(
      name: "protocol-counter", dependencies: [.product(name: "BPF", package: "swift-bpf")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
