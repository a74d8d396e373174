internal import BTF
internal import LinuxSystem
internal import ProbeCatalog
internal import Symbols

extension LiveSource {
  /// The machine as the request wants it to be seen: with types and functions from files of the user's own.
  convenience init(_ request: TraceRequest) throws(PreparationError) {
    var types: TypeGraph?
    if let path = request.environment.kernelTypesPath {
      let file: MappedFile
      do throws(SystemCallError) { file = try MappedFile(path) } catch { throw .types(path: path, error.errno.text) }
      do { types = try TypeGraph(bytes: file.bytes, owner: file, base: nil) } catch {
        throw .types(path: path, "\(error)")
      }
    }
    self.init(kernelTypes: types, traceableFunctions: request.traceableFunctionsPath)
  }
}

extension TraceRequest {
  /// Where separate debug files are sought: in the folders of `--debuginfo`, then in the usual one.
  var debugFileSearch: DebugFileSearch {
    // A plus sign allows files that only match by checksum, which a search by build id never needs.
    let folders = debugInfoDirectories.map { $0.hasPrefix("+") ? String($0.dropFirst()) : $0 }
    return DebugFileSearch(directories: folders + ["/usr/lib/debug"])
  }
}
