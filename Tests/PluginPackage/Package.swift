// swift-tools-version: 6.2
import PackageDescription

// What Scripts/test-plugin builds: two kernel programs of one target in Swift, and one in C in an excluded folder.
let package = Package(
  name: "plugin-package",
  dependencies: [.package(name: "swift-bpf", path: "../..")],
  targets: [
    .target(
      name: "CountersKernel",
      dependencies: [
        .product(name: "BPF", package: "swift-bpf"), .product(name: "BPFKernel", package: "swift-bpf"),
      ],
      swiftSettings: [.swiftLanguageMode(.v5)],
      plugins: [.plugin(name: "BPFPlugin", package: "swift-bpf")]),
    .executableTarget(
      name: "opens", dependencies: ["CountersKernel", .product(name: "BPF", package: "swift-bpf")], exclude: ["Kernel"],
      swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: [.plugin(name: "BPFPlugin", package: "swift-bpf")]),
  ]
)
