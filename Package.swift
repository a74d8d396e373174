// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The kernel-side library is written in the language that `bpf build` compiles, Embedded Swift with raw layouts.
let kernelSideSettings: [SwiftSetting] =
  swiftSettings.dropFirst() + [
    .swiftLanguageMode(.v5), .enableExperimentalFeature("BuiltinModule"), .enableExperimentalFeature("RawLayout"),
  ]

/// Whether `Scripts/build-release` asks for a small binary.
///
/// Flags that SwiftPM calls unsafe would keep other packages from using this one, so they are there for the script alone.
let isSmall = Context.environment["SWIFT_BPF_SMALL"] != nil

/// Rooms that work once for each entry, event, type or record: they are made fast in the small binary, too.
let hotRooms: Set = [
  "BTF", "Bytecode", "ELF", "Inspector", "KernelInterface", "LinuxSystem", "Symbols", "TraceRuntime",
]

/// A room of the house: a library target whose imports go downward only.
func room(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: swiftSettings + (isSmall && !hotRooms.contains(name) ? [.unsafeFlags(["-Osize"])] : []))
}

/// The tests of a room; `exclude` names the folders of golden files, which the tests open beside their source.
func tests(
  of name: String, and dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, resources: resources,
    swiftSettings: swiftSettings)
}

let package = Package(
  name: "swift-bpf",
  products: [
    .library(name: "BPFKernel", targets: ["BPFKernel"]),
    .library(name: "BPF", targets: ["BPF", "BTF", "Bytecode", "KernelInterface", "LinuxSystem"]),
    .executable(name: "bpf", targets: ["bpf"]),
    .plugin(name: "BPFPlugin", targets: ["BPFPlugin"]),
  ],
  targets: [
    // From the ground up; each target names exactly the rooms below it that it uses.
    .target(name: "CLinux"),
    room("Diagnostics"),
    room("Bytecode"),
    room("ELF"),
    room("BTF"),
    room("LinuxSystem", uses: ["CLinux"]),
    room("KernelInterface", uses: ["Bytecode", "CLinux", "LinuxSystem"]),
    room("Symbols", uses: ["BTF", "ELF", "KernelInterface", "LinuxSystem"]),
    room(
      "BPF", uses: ["Bytecode", "BTF", "Diagnostics", "ELF", "KernelInterface", "LinuxSystem", "Symbols"]),
    .target(name: "BPFKernelSources"),
    room("BPFBuild", uses: ["BPFKernelSources", "Diagnostics", "LinuxSystem"]),
    .target(
      name: "BPFKernel", exclude: ["Helpers/helpers.table", "KernelFunctions/functions.table"],
      swiftSettings: kernelSideSettings),
    room("ProbeCatalog", uses: ["BTF", "Diagnostics", "ELF", "KernelInterface", "LinuxSystem", "Symbols"]),
    room("TraceLanguage", uses: ["Diagnostics"]),
    room("TraceCompiler", uses: ["Bytecode", "BTF", "Diagnostics", "TraceLanguage"]),
    room(
      "TraceRuntime",
      uses: [
        "BPF", "BTF", "Bytecode", "Diagnostics", "ELF", "KernelInterface", "LinuxSystem", "ProbeCatalog", "Symbols",
        "TraceCompiler", "TraceLanguage",
      ]),
    room("BPFBindings", uses: ["BPF", "BTF", "KernelInterface"]),
    room("BPFRun", uses: ["BPF", "BTF", "Diagnostics", "KernelInterface", "LinuxSystem"]),
    room(
      "Inspector",
      uses: ["BPF", "BTF", "Bytecode", "Diagnostics", "ELF", "KernelInterface", "LinuxSystem", "Symbols"]),
    room(
      "InspectorCommand",
      uses: [
        "BPF", "BPFBindings", "BTF", "Bytecode", "Diagnostics", "Inspector", "KernelInterface", "LinuxSystem",
        "ProbeCatalog", "Symbols",
      ]),
    room("BuildCommand", uses: ["BPF", "BPFBindings", "BPFBuild", "Diagnostics", "LinuxSystem"]),
    room(
      "BPFCommand",
      uses: [
        "BPF", "BPFBuild", "BPFRun", "BTF", "BuildCommand", "Diagnostics", "InspectorCommand", "KernelInterface",
        "LinuxSystem", "ProbeCatalog", "Symbols", "TraceCompiler", "TraceLanguage", "TraceRuntime",
      ]),
    .executableTarget(name: "bpf", dependencies: ["BPFCommand", "LinuxSystem"], swiftSettings: swiftSettings),
    // A plugin finds its tool under the name of the target.
    .executableTarget(
      name: "bpf-build", dependencies: [.target(name: "BuildCommand"), .target(name: "LinuxSystem")],
      path: "Sources/BPFBuildTool", swiftSettings: swiftSettings),
    .plugin(name: "BPFPlugin", capability: .buildTool(), dependencies: ["bpf-build"]),

    .target(name: "TestObjects", path: "Tests/TestObjects", exclude: ["C", "Swift"], swiftSettings: swiftSettings),
    .target(
      name: "GoldenFiles", dependencies: ["LinuxSystem"], path: "Tests/GoldenFiles", swiftSettings: swiftSettings),
    .target(
      name: "KernelTesting", dependencies: ["BPF", "Bytecode", "KernelInterface", "LinuxSystem"],
      path: "Tests/KernelTesting",
      swiftSettings: swiftSettings),
    tests(of: "Diagnostics"),
    tests(of: "Bytecode"),
    tests(of: "ELF"),
    tests(of: "BTF", and: ["ELF", "KernelInterface", "LinuxSystem", "TestObjects"]),
    tests(of: "LinuxSystem"),
    tests(of: "KernelInterface", and: ["BPF", "BTF", "Bytecode", "KernelTesting", "LinuxSystem"]),
    tests(
      of: "BPF",
      and: [
        "Bytecode", "BTF", "Diagnostics", "ELF", "KernelInterface", "KernelTesting", "LinuxSystem", "Symbols",
        "TestObjects",
      ]),
    tests(of: "BPFRun", and: ["BPF", "BTF", "KernelInterface", "KernelTesting", "LinuxSystem", "TestObjects"]),
    tests(
      of: "BPFBuild",
      and: ["BPF", "BTF", "Diagnostics", "GoldenFiles", "KernelInterface", "KernelTesting", "LinuxSystem"],
      exclude: ["Diagnosis/constructs.golden", "Programs", "Rewriting/Rules"]),
    tests(of: "BPFBindings", and: ["BPF", "BPFBuild", "BTF", "LinuxSystem"], exclude: ["Shapes"]),
    tests(of: "BuildCommand", and: ["BPF", "BPFBuild"]),
    tests(
      of: "BPFKernel", and: ["BPF", "BPFBuild", "Bytecode", "KernelInterface", "KernelTesting", "LinuxSystem"],
      exclude: ["Programs"]),
    tests(of: "Symbols", and: ["ELF", "LinuxSystem"]),
    tests(of: "ProbeCatalog", and: ["BTF", "ELF", "KernelInterface", "LinuxSystem", "Symbols"]),
    tests(of: "TraceLanguage", and: ["Diagnostics", "GoldenFiles"], exclude: ["Parsing"]),
    tests(
      of: "TraceCompiler",
      and: [
        "BPF", "Bytecode", "BTF", "Diagnostics", "GoldenFiles", "KernelInterface", "LinuxSystem", "TraceLanguage",
      ],
      exclude: ["Oracle/loading.golden", "Oracle/regressions.golden", "Semantics"]),
    tests(
      of: "TraceRuntime",
      and: [
        "BPF", "Bytecode", "Diagnostics", "KernelInterface", "LinuxSystem", "ProbeCatalog", "Symbols", "TraceCompiler",
        "TraceLanguage",
      ]),
    tests(
      of: "Inspector",
      and: ["BPF", "BTF", "Bytecode", "KernelInterface", "KernelTesting", "LinuxSystem", "TestObjects"]),
    tests(
      of: "InspectorCommand",
      and: ["BPF", "BTF", "Bytecode", "Inspector", "KernelInterface", "KernelTesting", "LinuxSystem", "TestObjects"]),
    tests(of: "BPFCommand", and: ["BPF", "BPFRun", "InspectorCommand", "LinuxSystem"]),
  ]
)
