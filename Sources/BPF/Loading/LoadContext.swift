internal import BTF
internal import KernelInterface
internal import LinuxSystem

/// What the steps of loading one object share: the kernel, rights, and what was opened on the way.
///
/// All of it goes when loading is over, whether well or not; programs and maps hold what they need themselves.
final class LoadContext {
  let spec: ObjectSpec
  let options: LoadOptions
  let kernel: any KernelCalls
  let features: KernelFeatures
  /// The running kernel's types, for ids.
  let runningTypes: KernelTypes
  /// The types that CO-RE relocations ask.
  let relocationTypes: KernelTypes
  /// The object's own types in the kernel.
  var types: LoadedTypes?
  /// Why the kernel does not have the object's types, when it refused them.
  var typesRefusal: BTFRefusal?
  /// The memory of arenas, by their names.
  var arenas: [String: MapMemory] = [:]
  /// The values of `struct_ops` maps, by their names.
  var operationValues: [String: [UInt8]] = [:]
  /// The paths that were pinned, to be taken back when loading fails.
  var pins: [String] = []

  private let token: OpenDescriptor?
  private var modules: [String: OpenDescriptor] = [:]

  init(_ spec: ObjectSpec, _ options: LoadOptions, _ kernel: any KernelCalls) throws(LoadError) {
    self.spec = spec
    self.options = options
    self.kernel = kernel
    features = KernelFeatures(kernel)
    runningTypes = KernelTypes(kernel: kernel)
    relocationTypes =
      options.kernelTypesPath.map { KernelTypes(kernel: kernel, path: $0) } ?? runningTypes
    guard let path = options.effectiveTokenPath else {
      token = nil
      return
    }
    do throws(SystemCallError) {
      token = OpenDescriptor(try kernel.createToken(ofFileSystemAt: path))
    } catch {
      throw .token(error)
    }
  }

  /// The number of the token's descriptor, which lives as long as this object.
  var tokenNumber: CInt? { token?.number }

  /// The number of a descriptor of a module's types, which lives as long as this object.
  func moduleNumber(_ name: String) throws(LoadError) -> CInt {
    if let known = modules[name] { return known.number }
    do throws(SystemCallError) {
      guard let module = try kernel.openKernelBTF(named: name) else {
        throw SystemCallError(call: "bpf(BPF_BTF_GET_FD_BY_ID)", subject: name, errno: .noSuchFileOrDirectory)
      }
      let descriptor = OpenDescriptor(module.takeDescriptor())
      modules[name] = descriptor
      return descriptor.number
    } catch {
      throw .kernelTypes(.unreadable(error))
    }
  }

  /// Takes back the pins that were made.
  func removePins() {
    for path in pins.reversed() { try? FileSystem.remove(path) }
    pins = []
  }
}

/// A descriptor that a dictionary can hold.
final class OpenDescriptor: Sendable {
  let descriptor: OwnedDescriptor

  init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

  /// Valid as long as this object.
  var number: CInt { descriptor.withNumber { $0 } }
}

/// An object's types in the kernel.
struct LoadedTypes {
  /// Where they are.
  let descriptor: OpenDescriptor
  /// What of them the kernel took as they are.
  let support: TypeSupport
}
