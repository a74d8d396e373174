internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

extension InspectorObject {
  /// Networks.
  static let net = InspectorObject(
    name: "net", summary: "programs on the way of packets through this network",
    operations: [
      Operation("show", "list", arguments: "[dev NAME]", summary: "the programs of interfaces and hooks") {
        call throws(InspectorError) in
        let name = try takeInterface(&call, isOptional: true)
        try call.expectEnd()
        let programs = try NetworkPrograms(interface: name, kernel: call.kernel)
        try call.answer { json throws(SystemCallError) in
          try programs.write(to: &json)
        } text: {
          programs.text
        }
      },
      Operation(
        "attach", arguments: "ATTACH_TYPE PROG dev NAME [{ overwrite | prepend }]",
        summary: "put a program on an interface, where it stays"
      ) { call throws(InspectorError) in try attachToInterface(&call, undoing: false) },
      Operation("detach", arguments: "ATTACH_TYPE dev NAME", summary: "take it off") {
        call throws(InspectorError) in try attachToInterface(&call, undoing: true)
      },
    ],
    terms: [
      ("ATTACH_TYPE", "{ xdp | xdpgeneric | xdpdrv | xdpoffload | tcx_ingress | tcx_egress }"),
      ("PROG", "{ id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }"),
    ])

  /// Places of an interface.
  private enum InterfacePlace {
    case xdp(XDPMode?)
    case tcx(AttachType)
  }

  private static let interfacePlaces: [(name: String, place: InterfacePlace)] = [
    ("xdp", .xdp(nil)), ("xdpgeneric", .xdp(.generic)), ("xdpdrv", .xdp(.native)), ("xdpoffload", .xdp(.offloaded)),
    ("tcx_ingress", .tcx(.tcxIngress)), ("tcx_egress", .tcx(.tcxEgress)),
  ]

  private static func takeInterface(_ call: inout InspectorCall, isOptional: Bool) throws(InspectorError) -> String? {
    guard call.takeKeyword(["dev"]) != nil else {
      if isOptional { return nil }
      throw .usage("expected 'dev'\(call.words.first.map { ", got: '\($0)'" } ?? "")")
    }
    return try call.takeWord("the name of an interface")
  }

  private static func attachToInterface(_ call: inout InspectorCall, undoing: Bool) throws(InspectorError) {
    let name = try call.takeWord("where on an interface")
    guard let place = interfacePlaces.first(where: { $0.name.hasPrefix(name) })?.place else {
      throw .usage("invalid net attach/detach type: \(name)")
    }
    let programs = undoing ? nil : try ObjectSelection(.program, takingOneFrom: &call)
    guard let device = try takeInterface(&call, isOptional: false) else { return }
    var overwrites = false
    var prepends = false
    if !undoing {
      switch place {
      case .xdp: overwrites = call.takeKeyword(["overwrite"]) != nil
      case .tcx: prepends = call.takeKeyword(["prepend"]) != nil
      }
    }
    try call.expectEnd()
    let interface: NetworkInterface
    do throws(BPFError) { interface = try NetworkInterface(named: device, kernel: call.kernel) } catch {
      throw .library(error)
    }
    let program = try programs.map { (programs) throws(InspectorError) -> OpenObject in OpenObject(try programs.one()) }
    switch place {
    case .xdp(let mode):
      var flags = XDPFlags(mode)
      if !undoing, !overwrites { flags.insert(.onlyNew) }
      try setXDP(program, of: interface, flags, call.kernel)
    case .tcx(let type):
      if let program {
        try attach(program, toTCX: type, of: interface, first: prepends, call.kernel)
      } else {
        try detachLast(fromTCX: type, of: interface, call.kernel)
      }
    }
    try call.answerDone()
  }

  private static func setXDP(
    _ program: OpenObject?, of interface: NetworkInterface, _ flags: XDPFlags, _ kernel: any KernelCalls
  ) throws(InspectorError) {
    let subject = "xdp of \(interface.name)"
    let socket = try InspectorError.wrap { () throws(SystemCallError) in try RouteSocket(kernel) }
    do throws(NetlinkError) {
      if let program {
        try socket.setXDP(program.number, interface: interface.index, flags, subject: subject)
      } else {
        try socket.setXDP(nil, interface: interface.index, flags, subject: subject)
      }
    } catch {
      if error.error.errno == .resourceBusy {
        throw .refused(
          "\(subject): a program is there already: say 'overwrite' to put this one in its place", .resourceBusy)
      }
      throw .library(.netlink(error))
    }
  }

  private static func attach(
    _ program: OpenObject, toTCX type: AttachType, of interface: NetworkInterface, first: Bool,
    _ kernel: any KernelCalls
  ) throws(InspectorError) {
    let position = AttachPosition(flags: first ? .before : [])
    do throws(SystemCallError) {
      try kernel.attach(
        program.descriptor, to: interface.index, type, at: position, subject: "\(type) of \(interface.name)")
    } catch { throw .systemCall(error) }
  }

  /// Takes off the last program that is there without a link.
  private static func detachLast(
    fromTCX type: AttachType, of interface: NetworkInterface, _ kernel: any KernelCalls
  ) throws(InspectorError) {
    let subject = "\(type) of \(interface.name)"
    do throws(SystemCallError) {
      let attached = try kernel.attachedPrograms(at: interface.index, type, subject: subject)
      guard let last = attached.entries.last(where: { $0.linkID == nil }) else {
        throw SystemCallError(call: "bpf(BPF_PROG_DETACH)", subject: subject, errno: .noSuchFileOrDirectory)
      }
      try kernel.detach(
        kernel.open(.program, id: last.programID), from: interface.index, type, subject: subject)
    } catch { throw .systemCall(error) }
  }
}

/// An open object that an optional can hold.
final class OpenObject: Sendable {
  let descriptor: OwnedDescriptor

  init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

  /// Valid as long as this object.
  var number: CInt { descriptor.withNumber { $0 } }
}
