// swift-tools-version: 6.2
import PackageDescription

/// A program of one folder below `Sources`.
func example(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: [.product(name: "BPF", package: "swift-bpf")],
    swiftSettings: [.swiftLanguageMode(.v6)])
}

/// A program whose kernel side is Swift too, in its folder `Kernel`: `bpf build` makes an object of it.
func swiftExample(_ name: String, and products: [String] = []) -> Target {
  .executableTarget(
    name: name,
    dependencies: ["KernelObjects"] + (["BPF"] + products).map { .product(name: $0, package: "swift-bpf") },
    exclude: ["Kernel"], swiftSettings: [.swiftLanguageMode(.v6)])
}

// Programs that show the library in use; a package of its own, so that the library resolves no more than it needs.
let package = Package(
  name: "swift-bpf-examples",
  dependencies: [.package(name: "swift-bpf", path: "..")],
  targets: [
    .target(
      name: "KernelObjects", dependencies: [.product(name: "BPF", package: "swift-bpf")],
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault")]),
    swiftExample("hello"),
    swiftExample("counter-per-user"),
    swiftExample("syscall-totals"),
    swiftExample("event-output"),
    swiftExample("config-map", and: ["BPFKernel"]),
    swiftExample("tail-calls", and: ["BPFKernel"]),
    example("map-semantics"),
    swiftExample("opensnoop"),
    swiftExample("execsnoop"),
    swiftExample("exitsnoop"),
    swiftExample("tcplife"),
    swiftExample("biosnoop"),
    swiftExample("runqlat"),
    swiftExample("syscount"),
    swiftExample("xdp-firewall"),
    swiftExample("tc-marker"),
    swiftExample("cgroup-filter"),
    swiftExample("bpf-calls"),
    swiftExample("task-iterator"),
    swiftExample("lsm-guard", and: ["BPFKernel"]),
    swiftExample("fentry-unlink"),
    swiftExample("tcp-reno"),
    example("exec-stream"),
    example("protocol-counter"),
    example("syscalls-per-user"),
    example("xdp-counter"),
  ]
)
