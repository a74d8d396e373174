import BPF
import Foundation
import TestObjects
import Testing

@testable import InspectorCommand

@Suite struct GenerationTests {
  private func file() -> URL { FileManager.default.temporaryDirectory.appending(path: UUID().uuidString) }

  @Test func linksObjects() throws {
    let made = file().appendingPathExtension("o")
    defer { try? FileManager.default.removeItem(at: made) }
    let words = ["gen", "object", made.path, try TestObject("link_main").path, try TestObject("link_library").path]
    #expect(try Inspection(words).errors == "")
    let linked = try Set(ObjectSpec(path: made.path).programs.map(\.name))
    #expect(try linked.isSuperset(of: ObjectSpec(path: TestObject("link_main").path).programs.map(\.name)))
    #expect(try Inspection(["gen", "object", made.path]).status == 2)
  }

  /// The few types serve in place of the kernel's.
  @Test func keepsTheTypesThatRelocationsNeed() throws {
    let made = file()
    defer { try? FileManager.default.removeItem(at: made) }
    let object = try TestObject("relocated_reads").path
    let kernel = "/sys/kernel/btf/vmlinux"
    #expect(try Inspection(["gen", "min_core_btf", kernel, made.path, object]).errors == "")
    let size = try FileManager.default.attributesOfItem(atPath: made.path)[.size] as? Int ?? 0
    #expect(size > 24 && size < 100_000)
    let text = try Inspection(["btf", "dump", "file", made.path, "format", "c"]).output
    #expect(text.contains("struct task_struct {"))
    // Of several objects it is what each of them needs.
    let other = try TestObject("relocations").path
    #expect(try Inspection(["gen", "min_core_btf", kernel, made.path, object, object]).errors == "")
    #expect(try Inspection(["btf", "dump", "file", made.path, "format", "c"]).output == text)
    #expect(try Inspection(["gen", "min_core_btf", kernel, made.path, other, object]).errors == "")
    #expect(try Inspection(["btf", "dump", "file", made.path, "format", "c"]).output.contains("struct task_struct {"))
    #expect(try Inspection(["gen", "min_core_btf", kernel, made.path]).status == 2)
  }
}
