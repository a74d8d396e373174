import Bytecode
import Foundation
import KernelInterface
import TestObjects
import Testing

@testable import BPF

/// The code of BPF.md and GettingStarted.md, as it stands there.
@Suite struct GettingStartedSamples {
  func smallest() throws {
    let object = try BPFObject(ObjectSpec(path: "calls.bpf.o"))
    let links = try object.attach()
    defer { Link.close(links) }
    let calls = try HashMap<UInt32, UInt64>(object.map(named: "calls"))
    for (user, count) in try calls.elements() { print(user, count) }
  }

  @Test func countsTheCallsOfUsers() throws {
    let source = CSource(
      """
      #include <linux/bpf.h>
      #include <bpf/bpf_helpers.h>

      const volatile __u32 first_user = 0;

      struct {
        __uint(type, BPF_MAP_TYPE_HASH);
        __uint(max_entries, 1024);
        __type(key, __u32);
        __type(value, __u64);
      } calls SEC(".maps");

      SEC("raw_tp/sys_enter")
      int count_call(void *context) {
        __u32 user = bpf_get_current_uid_gid();
        __u64 one = 1, *count = bpf_map_lookup_elem(&calls, &user);
        if (user < first_user)
          return 0;
        if (count)
          __sync_fetch_and_add(count, 1);
        else
          bpf_map_update_elem(&calls, &user, &one, BPF_NOEXIST);
        return 0;
      }

      char LICENSE[] SEC("license") = "GPL";
      """, name: "calls.bpf.c")

    var spec = try ObjectSpec(source: source)
    print(spec.maps.map(\.name), spec.programs.map(\.name))
    try spec.setVariable("first_user", to: UInt32(0))

    #expect(spec.maps.map(\.name) == ["calls", "calls.rodata"])
    #expect(spec.programs.map(\.name) == ["count_call"])

    let object = try BPFObject(spec)
    let links = try object.attach()
    defer { Link.close(links) }
    let calls = try HashMap<UInt32, UInt64>(object.map(named: "calls"))

    for _ in 0..<10 { _ = getppid() }
    for (user, count) in try calls.elements() {
      print("user \(user): \(count) system calls")
    }

    #expect(try #require(try calls.value(for: getuid())) >= 10)
  }

  @Test func countsWithoutAnObjectFile() throws {
    let counts = try ArrayMap<UInt64>(name: "counts", count: 1)
    var code = Assembler()
    let end = code.makeLabel()
    code.append(.store(.word, 0, to: .r10, offset: -4))
    code.loadMap(.r1, MapReference(index: 0))
    code.append(.move(.r2, .r10))
    code.append(.arithmetic(.add, .r2, -4))
    code.append(.call(.mapLookupElem))
    code.jump(if: .equal, .r0, 0, to: end)
    code.append(.move(.r1, 1))
    code.append(.atomic(.add, .doubleWord, .r1, at: .r0, offset: 0))
    code.bind(end)
    code.append(.move(.r0, 0))
    code.append(.exit)
    let program = try Program(
      ProgramSpec(name: "count", type: .rawTracepoint, code: try code.finish()), maps: [counts.map])
    let link = try program.attach(toRawTracepoint: "sys_enter")

    defer { link.close() }
    for _ in 0..<10 { _ = getppid() }
    #expect(try #require(try counts.value(at: 0)) >= 10)
  }
}
