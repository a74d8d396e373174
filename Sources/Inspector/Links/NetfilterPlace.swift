internal import LinuxSystem

/// Where in the netfilter subsystem a program is.
///
/// Names: `include/uapi/linux/netfilter.h` and `netfilter_arp.h`.
struct NetfilterPlace {
  var family: UInt32
  var hook: UInt32
  var priority: Int32
  var flags: UInt32

  /// As bpftool writes it: `ip prerouting prio -128`.
  var text: String {
    let family = Self.families[family]
    // The numbers of the bridge's hooks are those of the internet's.
    let names =
      switch self.family {
      case 1, 2, 7, 10: ["prerouting", "input", "forward", "output", "postrouting"]
      case 3: ["input", "output"]
      default: [] as [String]
      }
    var text = family ?? "pf: \(self.family)"
    text += Int(hook) < names.count ? " \(names[Int(hook)])" : ", hook \(hook),"
    text += " prio \(priority)"
    if flags != 0 { text += " flags 0x\(String(flags, radix: 16))" }
    return text
  }

  /// As members of a JSON object.
  func writeMembers(to json: inout JSONWriter) throws(SystemCallError) {
    try json.member("pf", family)
    try json.member("hook", hook)
    try json.member("prio", priority)
    try json.member("flags", flags)
  }

  private static let families: [UInt32: String] = [1: "inet", 2: "ip", 3: "arp", 5: "netdev", 7: "bridge", 10: "ip6"]
}
