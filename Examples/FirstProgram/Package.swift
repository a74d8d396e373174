// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "first-program",
  dependencies: [.package(name: "swift-bpf", path: "../..")],
  targets: [
    // What runs in the kernel, and the typed access to it that the plugin adds. Its globals are the kernel's memory,
    // which is why it is in Swift 5 mode.
    .target(
      name: "SignalsKernel",
      dependencies: [
        .product(name: "BPF", package: "swift-bpf"), .product(name: "BPFKernel", package: "swift-bpf"),
      ],
      swiftSettings: [.swiftLanguageMode(.v5)],
      plugins: [.plugin(name: "BPFPlugin", package: "swift-bpf")]),
    .executableTarget(
      name: "signals", dependencies: ["SignalsKernel", .product(name: "BPF", package: "swift-bpf")]),
    .testTarget(
      name: "SignalsKernelTests",
      dependencies: ["SignalsKernel", .product(name: "BPFKernel", package: "swift-bpf")],
      swiftSettings: [.swiftLanguageMode(.v5)]),
  ]
)
