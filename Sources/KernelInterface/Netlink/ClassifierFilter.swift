internal import LinuxSystem

/// Which way packets go through an interface's `clsact` queueing discipline.
public enum TrafficDirection: UInt32, CaseIterable, Sendable {
  /// What comes in (`TC_H_MIN_INGRESS`).
  case ingress = 0xffff_fff2
  /// What goes out (`TC_H_MIN_EGRESS`).
  case egress = 0xffff_fff3
}

/// A BPF filter of an interface's `clsact` queueing discipline, as the kernel describes it.
///
/// Format: `struct tcmsg` in `include/uapi/linux/rtnetlink.h` and `TCA_BPF_…` in `pkt_cls.h`.
public struct ClassifierFilter: Hashable, Sendable {
  /// Filters with a smaller number run first; 1 to 65535.
  public var priority: UInt16
  /// What tells filters of one priority apart.
  public var handle: UInt32
  /// The program's number; 0 where the kernel does not tell (before 4.13).
  public var programID: UInt32
  /// The program's name as it was given when it was attached.
  public var name: String
  /// Whether the program's answer is what is done with the packet (`TCA_BPF_FLAG_ACT_DIRECT`).
  public var isDirectAction: Bool
}

extension ClassifierFilter {
  /// Nil for a filter that is no BPF filter, and for what stands for a priority rather than a filter.
  init?(_ message: NetlinkMessage) throws(NetlinkAttributes.Malformation) {
    guard message.type == RouteRequest.newFilter.rawValue else { return nil }
    let payload = message.payload[...]
    let attributes = try NetlinkAttributes(payload.dropFirst(20))
    guard attributes.text(1) == "bpf", let options = try attributes.nested(2) else { return nil }  // TCA_KIND, _OPTIONS
    self.init(
      priority: UInt16(truncatingIfNeeded: payload.number(UInt32.self, at: 16) >> 16),
      handle: payload.number(UInt32.self, at: 8), programID: try options.number(11) ?? 0,  // TCA_BPF_ID
      name: options.text(7) ?? "",  // TCA_BPF_NAME
      isDirectAction: (try options.number(8, UInt32.self) ?? 0) & 1 != 0)  // TCA_BPF_FLAGS
  }
}

extension RouteSocket {
  /// `struct tcmsg`, which every request about queueing begins with.
  private static func queueingRequest(
    interface index: UInt32, handle: UInt32, parent: UInt32, info: UInt32 = 0,
    _ body: (inout NetlinkWriter) -> Void = { _ in }
  ) -> [UInt8] {
    var writer = NetlinkWriter()
    writer.append(UInt32(0))  // tcm_family: AF_UNSPEC
    writer.append(index)
    writer.append(handle)
    writer.append(parent)
    writer.append(info)
    body(&writer)
    return writer.bytes
  }

  /// `TC_H_CLSACT`.
  private static var classifierParent: UInt32 { 0xffff_fff1 }
  private static var classifierHandle: UInt32 { 0xffff_0000 }

  /// Gives an interface the queueing discipline `clsact`, which holds filters for both directions and queues nothing
  /// (Linux 4.5).
  ///
  /// - Throws: `EEXIST` when it has it, or the older `ingress` in its place.
  public borrowing func createClassifierQueueing(interface index: UInt32, subject: String) throws(NetlinkError) {
    let payload = Self.queueingRequest(
      interface: index, handle: Self.classifierHandle, parent: Self.classifierParent
    ) { $0.append(1, "clsact") }  // TCA_KIND
    try exchange(.newQueueing, flags: [.create, .exclusive], payload, subject: subject)
  }

  /// Takes `clsact` away with all its filters.
  ///
  /// - Throws: `ENOENT` or `EINVAL` when there is none.
  public borrowing func deleteClassifierQueueing(interface index: UInt32, subject: String) throws(NetlinkError) {
    let payload = Self.queueingRequest(
      interface: index, handle: Self.classifierHandle, parent: Self.classifierParent
    ) { $0.append(1, "clsact") }
    try exchange(.deleteQueueing, payload, subject: subject)
  }

  /// Whether an interface has `clsact`.
  public borrowing func hasClassifierQueueing(interface index: UInt32, subject: String) throws(NetlinkError) -> Bool {
    for answer in try dump(.getQueueing, Self.queueingRequest(interface: index, handle: 0, parent: 0), subject: subject)
    where answer.type == RouteRequest.newQueueing.rawValue && answer.payload[...].number(UInt32.self, at: 4) == index {
      let attributes = try Self.understand(subject) { () throws(NetlinkAttributes.Malformation) in
        try NetlinkAttributes(answer.payload.dropFirst(20))
      }
      if attributes.text(1) == "clsact" { return true }
    }
    return false
  }

  /// Adds or replaces a filter; the answer is as the kernel made it, with the numbers that it chose where `priority` or
  /// `handle` is 0.
  ///
  /// - Throws: `EEXIST` when there is a filter of the same numbers and `replacing` is false; `ENOENT` or `EINVAL`
  ///   without `clsact`.
  public borrowing func setClassifier(
    _ program: CInt, name: String, interface index: UInt32, _ direction: TrafficDirection, priority: UInt16,
    handle: UInt32, isDirectAction: Bool, replacing: Bool, subject: String
  ) throws(NetlinkError) -> ClassifierFilter {
    let payload = Self.queueingRequest(
      interface: index, handle: handle, parent: direction.rawValue, info: Self.info(priority)
    ) { writer in
      writer.append(1, "bpf")  // TCA_KIND
      writer.appendNested(2) { options in  // TCA_OPTIONS
        options.append(6, program)  // TCA_BPF_FD
        options.append(7, name)  // TCA_BPF_NAME
        if isDirectAction { options.append(8, UInt32(1)) }  // TCA_BPF_FLAGS: TCA_BPF_FLAG_ACT_DIRECT
      }
    }
    let answers = try exchange(
      .newFilter, flags: [.create, .echo, replacing ? .replace : .exclusive], payload, subject: subject)
    for answer in answers {
      let made = try Self.understand(subject) { () throws(NetlinkAttributes.Malformation) in
        try ClassifierFilter(answer)
      }
      if let made { return made }
    }
    throw NetlinkError(
      error: SystemCallError(call: RouteRequest.newFilter.call, subject: subject, errno: .badMessage),
      message: "the kernel did not tell what it made")
  }

  /// Removes the filter of these numbers.
  ///
  /// - Throws: `ENOENT` or `EINVAL` when there is none.
  public borrowing func deleteClassifier(
    interface index: UInt32, _ direction: TrafficDirection, priority: UInt16, handle: UInt32, subject: String
  ) throws(NetlinkError) {
    let payload = Self.queueingRequest(
      interface: index, handle: handle, parent: direction.rawValue, info: Self.info(priority)
    ) { $0.append(1, "bpf") }
    try exchange(.deleteFilter, payload, subject: subject)
  }

  /// The BPF filters of one direction, in the order in which they run.
  public borrowing func classifiers(
    interface index: UInt32, _ direction: TrafficDirection, subject: String
  ) throws(NetlinkError) -> [ClassifierFilter] {
    var found: [ClassifierFilter] = []
    for answer in try filters(of: index, direction, subject) {
      let filter = try Self.understand(subject) { () throws(NetlinkAttributes.Malformation) in
        try ClassifierFilter(answer)
      }
      if let filter { found.append(filter) }
    }
    return found
  }

  /// How many filters of any kind one direction has.
  public borrowing func filterCount(
    interface index: UInt32, _ direction: TrafficDirection, subject: String
  ) throws(NetlinkError) -> Int { try filters(of: index, direction, subject).count }

  private borrowing func filters(
    of index: UInt32, _ direction: TrafficDirection, _ subject: String
  ) throws(NetlinkError) -> [NetlinkMessage] {
    let payload = Self.queueingRequest(interface: index, handle: 0, parent: direction.rawValue)
    // A priority as such is told as a filter without a handle.
    return try dump(.getFilter, payload, subject: subject).filter {
      $0.type == RouteRequest.newFilter.rawValue && $0.payload[...].number(UInt32.self, at: 8) != 0
    }
  }

  /// `tcm_info`: the priority and the protocol, which is `ETH_P_ALL` in network byte order.
  private static func info(_ priority: UInt16) -> UInt32 { UInt32(priority) << 16 | UInt32(UInt16(3).bigEndian) }
}
