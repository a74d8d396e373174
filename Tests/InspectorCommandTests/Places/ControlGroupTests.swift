import BPF
import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import InspectorCommand

@Suite struct ControlGroupTests {
  /// A group of its own in a hierarchy that no name space has.
  private final class Group {
    let hierarchy: OwnedDescriptor
    let path: String

    init() throws {
      hierarchy = try OwnedDescriptor(
        adopting: SystemCallError.check(LiveKernel().mountDetached("cgroup2"), "fsmount", on: "cgroup2"))
      path = "/proc/self/fd/\(hierarchy.withNumber { $0 })/swift-bpf-\(UUID().uuidString)"
      try FileSystem.makeFolder(path)
    }

    deinit { try? FileSystem.removeFolder(path) }
  }

  private func program(_ type: ProgramType, _ expected: AttachType) throws -> Program {
    var code = Assembler()
    code.append(.move(.r0, 1))
    code.append(.exit)
    var spec = ProgramSpec(name: "grouped", type: type, code: try code.finish())
    spec.expectedAttachType = expected
    return try Program(spec)
  }

  @Test func attachesShowsAndDetaches() throws {
    let group = try Group()
    let (ingress, create) = (
      try program(.cgroupSocketBuffer, .cgroupInetIngress), try program(.cgroupSocket, .cgroupInetSockCreate)
    )
    let (first, second) = (try ingress.info().id, try create.info().id)
    let attach = ["cgroup", "attach", group.path]
    #expect(try Inspection(attach + ["ingress", "id", "\(first)", "multi"]).errors == "")
    #expect(try Inspection(attach + ["cgroup_inet_sock_create", "id", "\(second)"]).errors == "")
    let pad = String(repeating: " ", count: 16)
    #expect(
      try Inspection(["cgroup", "show", group.path]).output == """
        ID       AttachType      AttachFlags     Name           
        \("\(first)".padding(toLength: 8, withPad: " ", startingAt: 0)) cgroup_inet_ingress multi           \
        grouped        \(pad)
        \("\(second)".padding(toLength: 8, withPad: " ", startingAt: 0)) cgroup_inet_sock_create                 \
        grouped        \(pad)

        """)
    let document = try Inspection(["-j", "cgroup", "show", group.path, "effective"]).document() as? [[String: Any]]
    #expect(document?.map { $0["id"] as? UInt32 } == [first, second])
    #expect(document?.allSatisfy { $0["attach_btf_name"] == nil } == true)
    // The tree has the group, with its programs behind it.
    let tree = try Inspection(["-j", "cgroup", "tree", (group.path as NSString).deletingLastPathComponent]).document()
    let entry = (tree as? [[String: Any]])?.first { $0["cgroup"] as? String == group.path }
    #expect((entry?["programs"] as? [Any])?.count == 2)
    #expect(try Inspection(["cgroup", "detach", group.path, "ingress", "id", "\(first)"]).status == 0)
    let again = try Inspection(["cgroup", "detach", group.path, "ingress", "id", "\(first)"], calledAs: .bpftool)
    #expect(again.status == 255)
    #expect(again.errors.contains("failed to detach program"))
    #expect(try Inspection(["cgroup", "attach", group.path, "nonsense", "id", "1"]).status == 2)
    #expect(try Inspection(["-j", "cgroup", "show", "/proc/self"]).status == 1)
  }
}
