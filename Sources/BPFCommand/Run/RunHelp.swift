/// The help of `bpf run`.
enum RunHelp {
  static let text = """
    Usage: bpf run [OPTIONS] FILE...

    Runs a BPF program that has no user side of its own: builds FILE, which is a source in Swift (.bpf.swift)
    or C (.bpf.c) or a finished object (.o), loads it, attaches each program to what its section names, and shows what the programs tell: records
    of ring and perf buffers and log lines as they come, maps and global variables at the end. Ctrl-C ends it; nothing is left behind.

    \(RunOption.table.help)
    Records are shown by their type, one column for each member. The type is the first that says something of:
      --event MAP=STRUCT; the value's type in the map's definition, as in __type(value, struct event), and in Swift
      the buffer's own, as in RingBuffer<Opened>;
      a pointer variable named after the map; a struct named after the map (events: event); the only struct that
      variables point to, as in const struct event *unused; the only struct with "event" in its name.

    Examples:
      bpf run opensnoop.bpf.swift --set user=1000
          build, and show the records of its ring buffer until Ctrl-C
      bpf run counter.bpf.o --interval 1
          print its maps every second
      bpf run firewall.bpf.o --dev eth0 -f json
          attach its XDP program to eth0, and print a JSON object on each line

    """

  /// What a wrong command line is answered with, below what is wrong.
  static let hint = """
    Usage: bpf run [OPTIONS] FILE
    More:  bpf run --help

    """
}
