internal import BPF
public import KernelInterface
public import LinuxSystem
public import Symbols

/// What is shown of a link.
public struct LinkFacts: ShownObject {
  /// What kind of object it is.
  public static let kind = ObjectKind.link

  /// The kernel's own facts.
  public var info: LinkInfo
  /// Of a tracing link: its program's type; nil for other links, and when the program is gone.
  public var programType: ProgramType?
  /// Of a link on a network interface: the interface's name; nil when it is gone or in another network name space.
  public var interfaceName: String?
  /// Of a link of many kernel functions: what lies at their addresses.
  public var functions: [KernelSymbolTable.Location?] = []
  /// Where it is pinned, when that was looked for.
  public var pins: [String] = []
  /// Who has a descriptor of it.
  public var holders: [Holders.Process] = []

  /// The object's number.
  public var id: UInt32 { info.id }

  /// Asks the kernel about an open object.
  public init(_ link: borrowing OwnedDescriptor, kernel: any KernelCalls) throws(InspectorError) {
    info = try InspectorError.wrap { () throws(SystemCallError) in try kernel.linkInfo(link) }
    switch info.target {
    case .tracing:
      programType = try? kernel.programInfo(kernel.open(.program, id: info.programID), withMaps: false).type
    case .interface(let index, _) where index != 0:
      interfaceName = try? NetworkInterface(index: index, kernel: kernel).name
    default: break
    }
  }

  /// Names the kernel functions of links of many, with one table of symbols for all links.
  public mutating func nameFunctions(by symbols: KernelSymbols) {
    guard case .kprobeMulti(let probes) = info.target else { return }
    functions = probes.addresses.map { $0 == 0 ? nil : symbols.location(of: $0) }
  }

  /// The interface as people know it: its name; what there is instead when it has none here.
  func interfaceText(_ index: UInt32) -> String { index == 0 ? "(detached)" : interfaceName ?? "(unknown)" }
}
