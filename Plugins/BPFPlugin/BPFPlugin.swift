import Foundation
import PackagePlugin

/// Builds the kernel programs of a target while the target is built, and gives it a Swift type for each: the object,
/// embedded, with its constants, variables, maps and records by their names and types.
///
/// A source is a kernel program when its name ends in `.bpf.swift` or `.bpf.c`. It is looked for in two places:
///
/// - among the sources of the target itself, which then imports `BPFKernel` (and is compiled for the host, too, so that its
///   functions can be tested with a simulated kernel);
/// - in the folder `Kernel` of the target, which the target's `exclude` names.
///
/// `opened_files.bpf.swift` becomes the type `OpenedFiles`.
@main struct BPFPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target as? any SourceModuleTarget else { return [] }
    let tool = try context.tool(named: "bpf-build").url
    let folder = module.directoryURL.appending(path: "Kernel")
    let excluded =
      try FileManager.default.fileExists(atPath: folder.path)
      ? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) : []
    let sources = module.sourceFiles.map(\.url)
    let headers = excluded.filter { $0.pathExtension == "h" }
    let programs = (sources + excluded).filter { file in
      file.lastPathComponent.hasSuffix(".bpf.swift") || file.lastPathComponent.hasSuffix(".bpf.c")
    }
    return programs.sorted { $0.path < $1.path }.map { program in
      let name = program.lastPathComponent
      let bindings = context.pluginWorkDirectoryURL.appending(path: "\(name.prefix { $0 != "." })+Bindings.swift")
      var arguments = [program.path, "--bindings", bindings.path, "--source-root", context.package.directoryURL.path]
      // What the compiler has to warn of, it says when it compiles the source for the host.
      if sources.contains(program) { arguments.append("-w") }
      return .buildCommand(
        displayName: "Building kernel program \(name)", executable: tool, arguments: arguments,
        inputFiles: [program] + headers, outputFiles: [bindings])
    }
  }
}
