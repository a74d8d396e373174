// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the rest needs no Capstone.
let package = Package(
  name: "Disassembler",
  products: [.executable(name: "bpf-disassemble", targets: ["bpf-disassemble"])],
  targets: [
    .systemLibrary(name: "CCapstone", pkgConfig: "capstone", providers: [.apt(["libcapstone-dev"])]),
    .executableTarget(
      name: "bpf-disassemble", dependencies: ["CCapstone"], swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
