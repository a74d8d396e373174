import BPF
import BTF
import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

/// What the calls write, looked at through the running kernel's own type of `union bpf_attr`.
@Suite struct BPFAttributeTests {
  let types: TypeGraph
  let attributeType: TypeID

  init() throws {
    types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    attributeType = try #require(types.id(named: "bpf_attr", kind: .union))
  }

  /// The number in a field of this kernel's attribute; nil for a field that an older kernel does not have yet.
  private func field(_ path: String, of attribute: BPFAttribute) throws -> UInt64? {
    guard let member = try? types.member(path: path, of: attributeType) else {
      #expect(!runs(6, 9), "there is no field \(path)")
      return nil
    }
    var copy = attribute
    return try types.size(of: member.type) == 8
      ? attribute.get(UInt64.self, at: member.byteOffset)
      : copy.withUnsafeMutableBytes { UInt64($0.load(fromByteOffset: member.byteOffset, as: UInt32.self)) }
  }

  private func check(_ kernel: ScriptedKernel, _ fields: [(String, UInt64)]) throws {
    let attribute = try #require(kernel.attributes.last)
    for (path, value) in fields {
      guard let found = try field(path, of: attribute) else { continue }
      #expect(found == value, "\(path)")
    }
  }

  /// The fields hold addresses.
  private func checkAddresses(_ kernel: ScriptedKernel, _ paths: [String]) throws {
    let attribute = try #require(kernel.attributes.last)
    for path in paths {
      guard let address = try field(path, of: attribute) else { continue }
      #expect(address > 4096, "\(path)")
    }
  }

  @Test func mapCreation() throws {
    let kernel = ScriptedKernel()
    var creation = MapCreation(
      type: .arrayOfMaps, keySize: 11, valueSize: 12, maxEntries: 13, flags: .mappable, name: ObjectName("AB"),
      innerMap: 15, extra: 16, btf: 17, keyTypeID: 18, valueTypeID: 19)
    _ = try? kernel.createMap(creation)
    try check(
      kernel,
      [
        ("map_type", 12), ("key_size", 11), ("value_size", 12), ("max_entries", 13), ("map_flags", 1024),
        ("inner_map_fd", 15), ("map_name", 0x4241), ("map_extra", 16), ("btf_fd", 17), ("btf_key_type_id", 18),
        ("btf_value_type_id", 19), ("numa_node", 0),
      ])
    creation.numaNode = 20
    creation.deviceIndex = 21
    creation.kernelValueTypeID = 22
    creation.kernelValueTypeModule = 23
    creation.token = 24
    _ = try? kernel.createMap(creation)
    try check(
      kernel,
      [
        ("numa_node", 20), ("map_ifindex", 21), ("btf_vmlinux_value_type_id", 22), ("value_type_btf_obj_fd", 23),
        ("map_token_fd", 24), ("map_flags", 1024 | 4 | 1 << 15 | 1 << 16),
      ])
  }

  @Test func programLoading() throws {
    let kernel = ScriptedKernel()
    var load = ProgramLoad(
      type: .tracing, expectedAttachType: .traceFexit, instructions: trivialProgram, name: ObjectName("AB"),
      flags: .sleepable, attachTypeID: 21, attachObject: 22, btf: 23,
      functionInfo: ProgramLoad.InfoRecords(bytes: Array(repeating: 0, count: 24), recordSize: 8),
      lineInfo: ProgramLoad.InfoRecords(bytes: Array(repeating: 0, count: 32), recordSize: 16))
    _ = try? kernel.loadProgram(load, log: .always(.everyPath))
    try check(
      kernel,
      [
        ("prog_type", 26), ("insn_cnt", 2), ("log_level", 2), ("log_size", 65536), ("prog_flags", 16),
        ("prog_name", 0x4241), ("expected_attach_type", 25), ("prog_btf_fd", 23), ("func_info_rec_size", 8),
        ("func_info_cnt", 3), ("line_info_rec_size", 16), ("line_info_cnt", 2), ("attach_btf_id", 21),
        ("attach_btf_obj_fd", 22), ("fd_array", 0), ("core_relo_cnt", 0), ("prog_token_fd", 0),
      ])
    try checkAddresses(kernel, ["insns", "license", "log_buf", "func_info", "line_info"])
    load.kernelVersion = 31
    load.deviceIndex = 32
    load.descriptors = [0, 33]
    load.token = 34
    _ = try? kernel.loadProgram(load, log: .never)
    try check(
      kernel,
      [("kern_version", 31), ("prog_ifindex", 32), ("prog_token_fd", 34), ("prog_flags", 16 | 1 << 16)])
    try checkAddresses(kernel, ["fd_array"])
  }

  @Test func testRuns() throws {
    let kernel = ScriptedKernel()
    let program = try FileSystem.open("/dev/null")
    let number = UInt64(program.withNumber { $0 })
    _ = try? kernel.testRun(program, TestRun(context: [1, 2, 3], data: [1], repetitions: 5, cpu: 6))
    try check(
      kernel,
      [
        ("test.prog_fd", number), ("test.ctx_size_in", 3), ("test.data_size_in", 1), ("test.data_size_out", 513),
        ("test.repeat", 5), ("test.flags", 1), ("test.cpu", 6), ("test.ctx_out", 0),
      ])
    try checkAddresses(kernel, ["test.ctx_in", "test.data_in", "test.data_out"])
    var run = TestRun(data: [1])
    run.flags = .liveFrames
    run.batchSize = 7
    run.contextCapacity = 8
    _ = try? kernel.testRun(program, run)
    try check(
      kernel,
      [("test.flags", 2), ("test.batch_size", 7), ("test.ctx_size_out", 8), ("test.data_size_out", 0)])
    try checkAddresses(kernel, ["test.ctx_out"])
  }

  @Test func elements() throws {
    let kernel = ScriptedKernel()
    let map = try FileSystem.open("/dev/null")
    let number = UInt64(map.withNumber { $0 })
    var key = 0
    var value = 0
    var position = 0
    try? kernel.updateElement(of: map, key: &key, value: &value, .onlyExisting)
    try check(kernel, [("map_fd", number), ("flags", 2)])
    try checkAddresses(kernel, ["key", "value"])
    _ = try? kernel.copyBatch(of: map, isFirst: true, position: &position, keys: &key, values: &value, capacity: 31)
    try check(kernel, [("batch.in_batch", 0), ("batch.count", 31), ("batch.map_fd", number), ("batch.flags", 0)])
    try checkAddresses(kernel, ["batch.out_batch", "batch.keys", "batch.values"])
    _ = kernel.updateBatch(of: map, keys: &key, values: &value, count: 32, .onlyNew, .locked)
    try check(
      kernel,
      [
        ("batch.in_batch", 0), ("batch.out_batch", 0), ("batch.count", 32), ("batch.map_fd", number),
        ("batch.elem_flags", 5),
      ])
    try checkAddresses(kernel, ["batch.keys", "batch.values"])
    _ = kernel.deleteBatch(of: map, keys: &key, count: 33)
    try check(kernel, [("batch.count", 33), ("batch.values", 0), ("batch.elem_flags", 0)])
    try checkAddresses(kernel, ["batch.keys"])
  }

  @Test func links() throws {
    let kernel = ScriptedKernel()
    let program = try FileSystem.open("/dev/null")
    let number = UInt64(program.withNumber { $0 })
    _ = try? kernel.openRawTracepoint(program, name: "x", cookie: 41)
    try check(kernel, [("raw_tracepoint.prog_fd", number), ("raw_tracepoint.cookie", 41)])
    try checkAddresses(kernel, ["raw_tracepoint.name"])
    _ = try? kernel.createPerfEventLink(program, program, cookie: 42)
    try check(
      kernel,
      [
        ("link_create.prog_fd", number), ("link_create.target_fd", number), ("link_create.attach_type", 41),
        ("link_create.flags", 0), ("link_create.perf_event.bpf_cookie", 42),
      ])
    _ = try? kernel.createTracingLink(program, .traceFentry, cookie: 43)
    try check(kernel, [("link_create.attach_type", 24), ("link_create.tracing.cookie", 43)])
    _ = try? kernel.createKprobeMultiLink(
      program, KprobeMulti(.symbols(["a", "b"]), cookies: [1, 2], onReturn: true), session: true)
    try check(
      kernel,
      [
        ("link_create.attach_type", 56), ("link_create.kprobe_multi.flags", 1), ("link_create.kprobe_multi.cnt", 2),
        ("link_create.kprobe_multi.addrs", 0),
      ])
    try checkAddresses(kernel, ["link_create.kprobe_multi.syms", "link_create.kprobe_multi.cookies"])
    _ = try? kernel.createUprobeMultiLink(
      program,
      UprobeMulti(path: "/x", offsets: [1], referenceCounters: [2], cookies: [3], process: 44, onReturn: true))
    try check(
      kernel,
      [
        ("link_create.attach_type", 48), ("link_create.uprobe_multi.cnt", 1), ("link_create.uprobe_multi.flags", 1),
        ("link_create.uprobe_multi.pid", 44),
      ])
    try checkAddresses(
      kernel,
      [
        "link_create.uprobe_multi.path", "link_create.uprobe_multi.offsets", "link_create.uprobe_multi.cookies",
        "link_create.uprobe_multi.ref_ctr_offsets",
      ])
  }

  @Test func linkChanges() throws {
    let kernel = ScriptedKernel()
    let program = try FileSystem.open("/dev/null")
    let number = UInt64(program.withNumber { $0 })
    _ = try? kernel.createIteratorLink(program, parameters: [1, 2, 3, 4], subject: "x")
    try check(
      kernel,
      [
        ("link_create.prog_fd", number), ("link_create.attach_type", 28), ("link_create.iter_info_len", 4),
      ])
    try checkAddresses(kernel, ["link_create.iter_info"])
    try? kernel.updateLink(program, to: program, replacing: 51, subject: "x")
    try check(
      kernel,
      [
        ("link_update.link_fd", number), ("link_update.new_prog_fd", number), ("link_update.flags", 4),
        ("link_update.old_prog_fd", 51),
      ])
    try? kernel.detachLink(program, subject: "x")
    try check(kernel, [("link_detach.link_fd", number)])
    #expect(kernel.calls == [.linkCreate, .linkUpdate, .linkDetach])
  }

  @Test func networkLinks() throws {
    let kernel = ScriptedKernel()
    let program = try FileSystem.open("/dev/null")
    let number = UInt64(program.withNumber { $0 })
    let position = AttachPosition(flags: [.before, .byID], relative: 51, expectedRevision: 52)
    for (type, field) in [(AttachType.tcxIngress, "tcx"), (.netkitPeer, "netkit"), (.cgroupDevice, "cgroup")]
    where field != "cgroup" || runs(6, 17) {
      _ = try? kernel.createOrderedLink(program, type, target: 53, at: position, subject: "")
      try check(
        kernel,
        [
          ("link_create.prog_fd", number), ("link_create.target_ifindex", 53),
          ("link_create.attach_type", UInt64(type.rawValue)), ("link_create.flags", 40),
          ("link_create.\(field).relative_id", 51), ("link_create.\(field).expected_revision", 52),
        ])
    }
    _ = try? kernel.createXDPLink(program, interface: 54, .generic, subject: "")
    try check(
      kernel,
      [("link_create.target_ifindex", 54), ("link_create.attach_type", 37), ("link_create.flags", 2)])
    _ = try? kernel.createNetfilterLink(program, family: 2, hook: 3, priority: 4, flags: 1, subject: "")
    try check(
      kernel,
      [
        ("link_create.attach_type", 45), ("link_create.netfilter.pf", 2), ("link_create.netfilter.hooknum", 3),
        ("link_create.netfilter.priority", 4), ("link_create.netfilter.flags", 1),
      ])
    _ = try? kernel.createLink(program, .skLookup, to: program, subject: "")
    try check(kernel, [("link_create.target_fd", number), ("link_create.attach_type", 36)])
    _ = try? kernel.createStructOperationsLink(program, subject: "")
    try check(kernel, [("link_create.map_fd", number), ("link_create.attach_type", 44)])
    _ = try? kernel.createReplacementLink(program, target: (55, 56), subject: "")
    try check(
      kernel,
      [
        ("link_create.prog_fd", number), ("link_create.target_fd", 55), ("link_create.target_btf_id", 56),
        ("link_create.attach_type", 0),
      ])
    try? kernel.updateStructOperationsLink(program, to: program, replacing: 57, subject: "")
    try check(
      kernel,
      [
        ("link_update.link_fd", number), ("link_update.new_map_fd", number), ("link_update.flags", 4),
        ("link_update.old_map_fd", 57),
      ])
  }

  @Test func attachments() throws {
    let kernel = ScriptedKernel()
    let program = try FileSystem.open("/dev/null")
    let number = UInt64(program.withNumber { $0 })
    try? kernel.attach(
      program, to: 61, .cgroupSysctl, [.allowMultiple, .replace], replacing: 62,
      at: AttachPosition(flags: .after, relative: 63, expectedRevision: 64), subject: "")
    try check(
      kernel,
      [
        ("target_fd", 61), ("attach_bpf_fd", number), ("attach_type", 18), ("attach_flags", 22),
        ("replace_bpf_fd", 62), ("relative_fd", 63), ("expected_revision", 64),
      ])
    try? kernel.detach(program, from: 65, .cgroupSysctl, subject: "")
    try check(kernel, [("target_fd", 65), ("attach_bpf_fd", number), ("attach_type", 18), ("attach_flags", 0)])
    #expect(kernel.calls == [.programAttach, .programDetach])
  }

  @Test func queries() throws {
    let kernel = ScriptedKernel()
    _ = try? kernel.attachedPrograms(at: 71, .cgroupDevice, subject: "")
    try check(
      kernel,
      [
        ("query.target_fd", 71), ("query.attach_type", 6), ("query.query_flags", 0), ("query.prog_cnt", 64),
        ("query.link_attach_flags", 0), ("query.revision", 0),
      ])
    try checkAddresses(kernel, ["query.prog_ids", "query.prog_attach_flags", "query.link_ids"])
    let older = ScriptedKernel([
      .programQuery: [
        .failure(.invalidArgument), .failure(.argumentListTooLong),
        .number(0) { attribute in
          attribute.set(UInt32(2), at: 12)
          attribute.set(UInt32(0), at: 24)
        },
      ]
    ])
    #expect(
      try older.attachedPrograms(at: 71, .cgroupDevice, subject: "") == AttachedPrograms(flags: .allowMultiple))
    #expect(older.attributes.map { $0.get(UInt64.self, at: 40) != 0 } == [true, false, false])
    #expect(older.attributes.map { $0.get(UInt64.self, at: 32) != 0 } == [true, true, false])
  }

  /// A place with more programs than there was room for is asked again.
  @Test func queriesOfManyPrograms() throws {
    let many = ScriptedKernel([
      .programQuery: [
        .failure(.noSpace),
        .number(0) { $0.set(UInt32(200), at: 24) },
        .number(0) { attribute in
          attribute.set(UInt32(3), at: 24)
          attribute.set(UInt64(9), at: 56)
        },
      ]
    ])
    let found = try many.attachedPrograms(at: 71, .tcxIngress, subject: "")
    #expect(found.entries.count == 3 && found.revision == 9)
    #expect(many.attributes.map { $0.get(UInt32.self, at: 24) } == [64, 128, 256])
  }

  @Test func typeInformation() throws {
    let kernel = ScriptedKernel()
    _ = try? kernel.loadBTF([1, 2, 3])
    try check(kernel, [("btf_size", 3), ("btf_log_level", 1), ("btf_log_size", 1 << 20)])
    try checkAddresses(kernel, ["btf", "btf_log_buf"])
    _ = try? kernel.loadBTF([1, 2, 3], token: 9)
    try check(kernel, [("btf_token_fd", 9), ("btf_flags", 1 << 16)])
  }

  @Test func bindings() throws {
    let kernel = ScriptedKernel()
    let file = try FileSystem.open("/dev/null")
    let number = UInt64(file.withNumber { $0 })
    try? kernel.bindMap(file, to: file)
    try check(
      kernel, [("prog_bind_map.prog_fd", number), ("prog_bind_map.map_fd", number), ("prog_bind_map.flags", 0)])
  }

  /// The tables of numbers, against the running kernel's.
  @Test func enumerations() throws {
    func numbers(_ name: String, without prefix: String) throws -> [(String, Int)] {
      let id = try #require(types.id(named: name, kind: .enumeration))
      guard case .enumeration(let enumeration) = try types.type(id) else { return [] }
      return enumeration.enumerators.compactMap {
        $0.name.hasPrefix(prefix) ? (String($0.name.dropFirst(prefix.count)).lowercased(), Int($0.value)) : nil
      }
    }
    for (table, name, prefix) in [
      (MapType.names, "bpf_map_type", "BPF_MAP_TYPE_"), (ProgramType.names, "bpf_prog_type", "BPF_PROG_TYPE_"),
      (LinkType.names, "bpf_link_type", "BPF_LINK_TYPE_"), (AttachType.names, "bpf_attach_type", "BPF_"),
    ] {
      let kernels = try numbers(name, without: prefix)
      #expect(kernels.count > 5)
      if name == "bpf_attach_type" || name == "bpf_link_type" {
        for (name, number) in kernels { #expect(table.indices.contains(number), "\(name) is not in the table") }
      }
      // Some numbers have a second, older name.
      for (name, number) in kernels where table.indices.contains(number) && !name.hasSuffix("_deprecated") {
        #expect(table[number] == name)
      }
    }
    // Every type of map that this kernel has is known.
    for (name, number) in try numbers("bpf_map_type", without: "BPF_MAP_TYPE_") {
      #expect(MapType.names.indices.contains(number), "\(name)")
    }
    for (name, number) in try numbers("bpf_cmd", without: "BPF_") {
      guard let call = BPFCall(rawValue: UInt32(number)), name != "prog_run" else { continue }
      #expect(call.name == "BPF_\(name.uppercased())")
    }
  }

  /// What is read from the kernel's answers, against its types.
  @Test(.needs(linux: 6, 9, for: "what these answers hold")) func objectFacts() throws {
    func offset(_ type: String, _ path: String) throws -> Int {
      try types.member(path: path, of: #require(types.id(named: type, kind: .structure))).byteOffset
    }
    #expect(try offset("bpf_prog_info", "map_ids") == 56)
    #expect(try offset("bpf_prog_info", "nr_map_ids") == 52)
    #expect(try offset("bpf_prog_info", "recursion_misses") == 208)
    #expect(try offset("bpf_prog_info", "run_cnt") == 200)
    #expect(try offset("bpf_prog_info", "xlated_prog_insns") == 32)
    #expect(try offset("bpf_map_info", "btf_value_type_id") == 72)
    try expectLinkFacts(offset)
    #expect(try offset("bpf_btf_info", "kernel_btf") == 28)
  }

  private func expectLinkFacts(_ offset: (String, String) throws -> Int) throws {
    for (path, expected) in [
      ("raw_tracepoint.tp_name", 16), ("raw_tracepoint.tp_name_len", 24), ("raw_tracepoint.cookie", 32),
      ("tracing.attach_type", 16), ("tracing.target_obj_id", 20), ("tracing.target_btf_id", 24),
      ("tracing.cookie", 32), ("cgroup.cgroup_id", 16), ("cgroup.attach_type", 24), ("iter.target_name", 16),
      ("iter.target_name_len", 24), ("iter.map.map_id", 28), ("iter.cgroup.cgroup_id", 32), ("iter.cgroup.order", 40),
      ("iter.task.tid", 32), ("iter.task.pid", 36), ("netns.netns_ino", 16), ("netns.attach_type", 20),
      ("xdp.ifindex", 16), ("struct_ops.map_id", 16), ("netfilter.pf", 16), ("netfilter.hooknum", 20),
      ("netfilter.priority", 24), ("netfilter.flags", 28), ("kprobe_multi.addrs", 16), ("kprobe_multi.count", 24),
      ("kprobe_multi.flags", 28), ("kprobe_multi.missed", 32), ("kprobe_multi.cookies", 40),
      ("uprobe_multi.path", 16), ("uprobe_multi.offsets", 24), ("uprobe_multi.ref_ctr_offsets", 32),
      ("uprobe_multi.cookies", 40), ("uprobe_multi.path_size", 48), ("uprobe_multi.count", 52),
      ("uprobe_multi.flags", 56), ("uprobe_multi.pid", 60), ("perf_event.type", 16),
      ("perf_event.uprobe.file_name", 24), ("perf_event.uprobe.name_len", 32), ("perf_event.uprobe.offset", 36),
      ("perf_event.uprobe.cookie", 40), ("perf_event.uprobe.ref_ctr_offset", 48),
      ("perf_event.kprobe.func_name", 24), ("perf_event.kprobe.addr", 40), ("perf_event.kprobe.missed", 48),
      ("perf_event.kprobe.cookie", 56), ("perf_event.tracepoint.tp_name", 24), ("perf_event.tracepoint.name_len", 32),
      ("perf_event.tracepoint.cookie", 40), ("perf_event.event.config", 24), ("perf_event.event.type", 32),
      ("perf_event.event.cookie", 40), ("tcx.ifindex", 16), ("tcx.attach_type", 20), ("netkit.ifindex", 16),
      ("netkit.attach_type", 20), ("sockmap.map_id", 16), ("sockmap.attach_type", 20),
    ] {
      // Cookies came last: a kernel without them has the rest.
      guard let found = try? offset("bpf_link_info", path) else { continue }
      #expect(found == expected, "\(path)")
    }
  }
}
