public import KernelInterface
public import LinuxSystem

/// What `show` tells of a program, a map or a link.
public protocol ShownObject: Sendable {
  /// What kind of object it is.
  static var kind: ObjectKind { get }

  /// Asks the kernel about an open object.
  init(_ object: borrowing OwnedDescriptor, kernel: any KernelCalls) throws(InspectorError)

  /// The object's number.
  var id: UInt32 { get }
  /// Where it is pinned, when that was looked for.
  var pins: [String] { get set }
  /// Who has a descriptor of it.
  var holders: [Holders.Process] { get set }

  /// As bpftool prints it, with a line end.
  var text: String { get }

  /// As a JSON object with bpftool's members.
  func write(to json: inout JSONWriter) throws(SystemCallError)
}

extension ShownObject {
  /// The lines that name pins.
  var pinText: String { pins.map { "\n\tpinned \($0)" }.joined() }

  /// The member `pinned`; nothing without pins.
  func writePins(to json: inout JSONWriter) throws(SystemCallError) {
    if pins.isEmpty { return }
    try json.name("pinned")
    try json.array { json throws(SystemCallError) in for pin in pins { try json.value(pin) } }
  }
}
