// swift-tools-version: 6.2
import PackageDescription

// What the library's benchmarks run: a package of its own, which nobody who uses the library builds.
let package = Package(
  name: "BPFBenchmarks",
  dependencies: [.package(name: "swift-bpf", path: "../..")],
  targets: [
    .executableTarget(
      name: "map-iteration", dependencies: [.product(name: "BPF", package: "swift-bpf")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
