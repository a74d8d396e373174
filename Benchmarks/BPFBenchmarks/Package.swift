// swift-tools-version: 6.2
import PackageDescription

/// A program that does one thing and prints how long it took.
func program(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: [.product(name: "BPF", package: "swift-bpf")], swiftSettings: [.swiftLanguageMode(.v6)])
}

// What the library's benchmarks run: a package of its own, which nobody who uses the library builds.
let package = Package(
  name: "BPFBenchmarks",
  dependencies: [.package(name: "swift-bpf", path: "../..")],
  targets: [
    program("map-iteration"),
    program("object-load"),
    program("ring-buffer"),
  ]
)
